"""Try it: a learner's own work at hand, in a sandbox of its own, with nothing judged."""
