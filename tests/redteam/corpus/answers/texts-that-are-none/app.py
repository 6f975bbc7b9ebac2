class Named(type):
    """A class whose name is no text."""

    @property
    def __name__(cls):
        return 5


class Odd(metaclass=Named):
    def __repr__(self):
        return "\ud800\x1b[2J\u202e<b>"

    __str__ = __repr__


def attack():
    return [Odd(), "\ud800\x1b[2J\u202e<b>", float("nan"), 10**4000]
