"""Full-text index fed by actions: an object, its text by page, its audiences; Vietnamese folding."""
