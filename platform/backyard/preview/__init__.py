"""`backyard preview`: an exercise as learners see it, while its author writes it."""
