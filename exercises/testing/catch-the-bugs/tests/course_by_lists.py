"""A course with a limited number of places, and a waiting list."""


class Course:
    def __init__(self, places):
        if places < 1:
            raise ValueError("a course has one place or more")
        self._places = places
        self._members = []
        self._waiting = []

    @property
    def members(self):
        return list(self._members)

    @property
    def waiting(self):
        return list(self._waiting)

    def join(self, name):
        name = name.strip()
        if not name:
            raise ValueError("a name has one letter or more")
        if name in self._members or name in self._waiting:
            raise ValueError(f"{name} has joined already")
        if len(self._members) < self._places:
            self._members.append(name)
            return "in"
        self._waiting.append(name)
        return "waiting"

    def leave(self, name):
        name = name.strip()
        if name in self._waiting:
            self._waiting.remove(name)
            return None
        if name not in self._members:
            raise KeyError(name)
        self._members.remove(name)
        if not self._waiting:
            return None
        moved_up = self._waiting.pop(0)
        self._members.append(moved_up)
        return moved_up
