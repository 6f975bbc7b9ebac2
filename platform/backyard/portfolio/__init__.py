"""What a learner has done: a profile of their own, and a portfolio for others."""
