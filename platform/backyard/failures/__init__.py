"""What could not be graded, run or tried through our own fault, for those who run the site."""
