"""What learners begin with: it loads, and does not pass."""

from flask import Flask


def create_app():
    return Flask(__name__)
