"""Reports the paths of an access log that comes on standard input."""

import argparse
import sys


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--top", type=int, default=10)
    # TODO: the other option, and no --top below 1
    options = parser.parse_args()

    # TODO: this reads everything at once. Go through the lines, and keep what is counted alone.
    text = sys.stdin.read()
    print(f"{len(text)} characters, top {options.top}")


if __name__ == "__main__":
    main()
