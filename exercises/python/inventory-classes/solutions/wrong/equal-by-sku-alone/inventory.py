"""A workshop's stock.

Wrong: a piece and a bulk product of one SKU are equal, and so is whatever has a SKU.
"""

from abc import ABC, abstractmethod
from datetime import timedelta
from decimal import Decimal


class OutOfStock(Exception):
    """More was wanted than there is."""


class Product(ABC):
    def __init__(self, sku, name, price):
        self._sku = sku
        self._stock = 0
        self.name = name
        self.price = price

    @property
    def sku(self):
        return self._sku

    @property
    def stock(self):
        return self._stock

    @property
    def price(self):
        return self._price

    @price.setter
    def price(self, price):
        if not isinstance(price, Decimal) or price < 0:
            raise ValueError(f"{price!r} is no price")
        self._price = price

    @property
    @abstractmethod
    def unit(self):
        """What one of it is called."""

    @abstractmethod
    def allows(self, quantity):
        """Tell whether the product is counted in such quantities."""

    def price_on(self, day):
        return self.price

    def receive(self, quantity):
        self._check(quantity)
        self._stock += quantity

    def take(self, quantity):
        self.check_take(quantity)
        self._stock -= quantity

    def check_take(self, quantity):
        """Raise what `take` would raise, and change nothing."""
        self._check(quantity)
        if quantity > self.stock:
            raise OutOfStock(f"{self.sku}: {quantity} wanted, {self.stock} in stock")

    def _check(self, quantity):
        if not self.allows(quantity) or quantity <= 0:
            raise ValueError(f"{quantity!r} {self.unit} is no quantity")

    def __eq__(self, other):
        return self.sku == other.sku

    def __hash__(self):
        return hash(self.sku)

    def __repr__(self):
        return f"{type(self).__name__}({self.sku!r}, {self.name!r}, {self.price!r})"


class Piece(Product):
    unit = "pcs"

    def allows(self, quantity):
        return type(quantity) is int


class Bulk(Product):
    unit = "kg"

    def allows(self, quantity):
        return type(quantity) is int or (
            isinstance(quantity, Decimal) and quantity == round(quantity, 3)
        )


class Perishable(Piece):
    def __init__(self, sku, name, price, best_before):
        super().__init__(sku, name, price)
        self.best_before = best_before

    def price_on(self, day):
        if day > self.best_before:
            return Decimal(0)
        if day > self.best_before - timedelta(days=3):
            return self.price / 2
        return self.price


class Inventory:
    def __init__(self):
        self._products = {}

    def add(self, product):
        if not isinstance(product, Product):
            raise TypeError(f"{product!r} is no product")
        if product.sku in self._products:
            raise ValueError(f"{product.sku} is there already")
        self._products[product.sku] = product

    def find(self, sku):
        return self._products[sku]

    def value_on(self, day):
        return sum(product.stock * product.price_on(day) for product in self)

    def take_order(self, order):
        for sku, quantity in order.items():
            self.find(sku).check_take(quantity)
        for sku, quantity in order.items():
            self.find(sku).take(quantity)

    def __len__(self):
        return len(self._products)

    def __contains__(self, sku):
        return sku in self._products

    def __iter__(self):
        return iter(sorted(self._products.values(), key=lambda product: product.sku))
