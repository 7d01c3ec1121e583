"""What people note on documents: ink, marks and remarks, who sees them, and how they leave the house."""
