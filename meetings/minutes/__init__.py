"""The minutes: drafted from the ledger as sections of text, edited, compared with the draft, printed; the notice."""
