import sys

total = left_out = 0
for line in sys.stdin:
    try:
        total += int(line)
    except ValueError:
        left_out += 1
print(total)
if left_out:
    print(f"{left_out} line(s) left out", file=sys.stderr)
    sys.exit(1)
