"""Groups of learners with an instructor, and their leaderboards."""
