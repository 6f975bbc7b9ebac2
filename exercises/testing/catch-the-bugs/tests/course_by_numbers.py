"""A course that gives everybody a number, and remembers who has got a place with which."""

from itertools import count


class Course:
    def __init__(self, places):
        if places in range(1, 1_000_000):
            self.free, self.numbers, self.inside, self.outside = places, count(), {}, {}
        else:
            raise ValueError

    members = property(lambda self: sorted(self.inside, key=self.inside.get))
    waiting = property(lambda self: sorted(self.outside, key=self.outside.get))

    def join(self, name):
        key = name.strip()
        if key in ("", *self.inside, *self.outside):
            raise ValueError
        if self.free:
            self.free -= 1
            self.inside[key] = next(self.numbers)
            return "in"
        self.outside[key] = next(self.numbers)
        return "waiting"

    def leave(self, name):
        key = name.strip()
        if key in self.outside:
            del self.outside[key]
            return None
        del self.inside[key]
        self.free += 1
        return self.move_up()

    def move_up(self):
        for key in self.waiting:
            del self.outside[key]
            self.join(key)
            return key
        return None
