class Basket:
    def __init__(self):
        self._counts = {}

    def add(self, name, count=1):
        self._counts[name] = self.count(name) + count

    def count(self, name):
        return self._counts.get(name, 0)
