"""Solutions beside one's own, for those who have passed."""
