"""Pages and files of annotations."""
