"""The meeting book: one PDF with cover, outline, page numbers and every paper the person may have; a copy to read."""
