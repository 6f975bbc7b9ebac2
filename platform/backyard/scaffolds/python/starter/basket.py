"""What learners begin with: it loads, and does not pass."""


class Basket:
    pass
