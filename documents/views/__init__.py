"""The pages of documents: reading, drafting, review, receipt, registers."""
