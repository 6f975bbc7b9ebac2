"""A course as one list of names: the first of them are in, the others wait."""


class Refused(ValueError):
    pass


class Stranger(KeyError):
    pass


class Course:
    def __init__(self, places):
        if not places > 0:
            raise Refused(places)
        self.size = places
        self.everybody = []

    @property
    def members(self):
        return self.everybody[: self.size]

    @property
    def waiting(self):
        return self.everybody[self.size :]

    def join(self, name):
        name = name.strip()
        if name == "" or name in self.everybody:
            raise Refused(name)
        self.everybody.append(name)
        return "in" if name in self.members else "waiting"

    def leave(self, name):
        name = name.strip()
        if name not in self.everybody:
            raise Stranger(name)
        before = self.members
        self.everybody.remove(name)
        return next((one for one in self.members if one not in before), None)
