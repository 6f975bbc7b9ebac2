"""What could not be graded through our own fault, for those who run the site."""
