"""The exercises that learners can choose from, and where they stand with each."""
