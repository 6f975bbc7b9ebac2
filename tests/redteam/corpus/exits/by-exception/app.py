import sys


def create_app():
    sys.exit(0)
