import os
import sys

while piece := sys.stdin.buffer.read1():
    os.write(1, piece)
    os.write(2, piece)
