"""Try it: a learner asks their own work, as long as they like, and nothing is judged."""
