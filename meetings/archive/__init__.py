"""The record of a closed meeting: one page that reads well years later, and one ZIP of everything a person may see."""
