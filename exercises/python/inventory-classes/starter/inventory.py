"""A workshop's stock."""

from abc import ABC


class OutOfStock(Exception):
    """More was wanted than there is."""


class Product(ABC):
    """What all products share."""

    def __init__(self, sku, name, price):
        self.sku = sku
        self.name = name
        self.price = price

    # TODO: guard the fields, keep the stock, and say what every kind of product must bring along.


class Piece(Product):
    """A product that is counted."""


class Bulk(Product):
    """A product that is weighed."""


class Perishable(Piece):
    """A product that is counted, and goes off."""


class Inventory:
    """All products of the workshop, by SKU."""

    # TODO
