"""For those who teach: publishing exercises, and grading anew what was handed in for them."""
