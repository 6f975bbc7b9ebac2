for _ in range(10_000):
    print("x" * 1_000_000, flush=True)
