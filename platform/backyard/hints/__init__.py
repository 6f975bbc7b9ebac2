"""Hints that learners open one by one. That is noted, and costs nothing."""
