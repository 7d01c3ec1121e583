"""What clerks, leaders and secretaries fill in, by topic."""
