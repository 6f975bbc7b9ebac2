HELD = []
while True:
    HELD.append(b"x" * 10_000_000)
