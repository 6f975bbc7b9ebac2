class Basket:
    def __init__(self):
        self._counts = {}

    def add(self, name, count=1):
        if count < 1:
            raise ValueError("The count must be at least 1.")
        self._counts[name] = self.count(name) + count

    def count(self, name):
        return self._counts.get(name, 0)
