"""`python -m backyard` is `backyard`."""

from backyard.cli import main

main(prog_name="backyard")
