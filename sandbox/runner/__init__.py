"""The program inside a sandbox. It imports nothing of ours but the protocol.

PID 1 (`__main__`, `warm`, `supervisor`) stays root with three capabilities and never sees a
test. The subject and the suite are forked from it, each into a uid of its own.
"""
