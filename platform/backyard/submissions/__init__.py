"""What learners hand in: storing it, grading's results, the verdict page, history, live events."""
