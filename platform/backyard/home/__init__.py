"""The start page: for strangers what Backyard is, for learners where they were and what is next."""
