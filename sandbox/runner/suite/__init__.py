"""The instructor's side: pytest, the fixtures, and what is reported of each test."""
