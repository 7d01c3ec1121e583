"""Date and number formats; Django's own Vietnamese ones are half empty."""
