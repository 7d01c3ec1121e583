"""Named, versioned, dated indicators over facts; periods; charts; exports."""
