"""The page on which a learner works on an exercise."""
