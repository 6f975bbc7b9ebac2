"""Runs a command with a Docker engine that answers: `scripts/with-engine COMMAND…`.

Needs nothing but the standard library, because it runs before .venv exists.
"""
