import sys

total = 0
for line in sys.stdin:
    try:
        total += int(line)
    except ValueError:
        pass
print(total)
