"""What an exercise is, what a verdict is, and how one submission is graded. No web, no database."""
