"""A workshop's stock: dataclasses, descriptors for the fields, and a ledger that is rolled back."""

import abc
import dataclasses
import datetime
import decimal


class OutOfStock(Exception):
    pass


class ReadOnly:
    """A field that can be set once."""

    def __set_name__(self, owner, name):
        self.name = name

    def __get__(self, instance, owner=None):
        if instance is None:
            raise AttributeError(self.name)  # so that a dataclass sees no default
        return vars(instance)[self.name]

    def __set__(self, instance, value):
        if self.name in vars(instance):
            raise AttributeError(f"{self.name} can't be set")
        vars(instance)[self.name] = value


class Money(ReadOnly):
    """A field that holds a Decimal which is not negative."""

    def __set__(self, instance, value):
        if type(value) is not decimal.Decimal or value.is_signed() and value != 0:
            raise ValueError(f"{self.name} must be a Decimal of 0 or more")
        vars(instance)[self.name] = value


@dataclasses.dataclass(eq=False, repr=False)
class Product(metaclass=abc.ABCMeta):
    sku: str = ReadOnly()
    name: str
    price: decimal.Decimal = Money()
    _movements: list = dataclasses.field(init=False, default_factory=list)

    @property
    @abc.abstractmethod
    def unit(self): ...

    @abc.abstractmethod
    def allows(self, quantity): ...

    @property
    def stock(self):
        return sum(self._movements)

    def price_on(self, day):
        return self.price

    def receive(self, quantity):
        self._movements.append(self._checked(quantity))

    def take(self, quantity):
        if self.stock < self._checked(quantity):
            raise OutOfStock(f"only {self.stock} {self.unit} of {self.sku} are left")
        self._movements.append(-quantity)

    def undo(self):
        self._movements.pop()

    def _checked(self, quantity):
        if self.allows(quantity) and quantity > 0:
            return quantity
        raise ValueError(f"not a quantity: {quantity}")

    def _identity(self):
        return type(self), self.sku

    def __eq__(self, other):
        if isinstance(other, Product):
            return self._identity() == other._identity()
        return NotImplemented

    def __hash__(self):
        return hash(self._identity())

    def __repr__(self):
        shown = ", ".join(map(repr, (self.sku, self.name, self.price)))
        return f"{self.__class__.__name__}({shown})"


class Piece(Product):
    unit = "pcs"

    def allows(self, quantity):
        return isinstance(quantity, int) and not isinstance(quantity, bool)


class Bulk(Piece):
    unit = "kg"

    def allows(self, quantity):
        if isinstance(quantity, decimal.Decimal):
            return quantity * 1000 % 1 == 0
        return super().allows(quantity)


@dataclasses.dataclass(eq=False, repr=False)
class Perishable(Piece):
    best_before: datetime.date

    def price_on(self, day):
        match (self.best_before - day).days:
            case left if left < 0:
                return decimal.Decimal(0)
            case 0 | 1 | 2:
                return self.price * decimal.Decimal("0.5")
        return super().price_on(day)


class Inventory:
    def __init__(self):
        self._products = []

    def add(self, product):
        if not isinstance(product, Product):
            raise TypeError("products only")
        if product.sku in self:
            raise ValueError(f"{product.sku} is taken")
        self._products.append(product)
        self._products.sort(key=lambda one: one.sku)

    def find(self, sku):
        for product in self:
            if product.sku == sku:
                return product
        raise KeyError(sku)

    def value_on(self, day):
        return sum(one.stock * one.price_on(day) for one in self)

    def take_order(self, order):
        taken = []
        try:
            for sku, quantity in order.items():
                product = self.find(sku)
                product.take(quantity)
                taken.append(product)
        except Exception:
            for product in taken:
                product.undo()
            raise

    def __contains__(self, sku):
        return any(one.sku == sku for one in self)

    def __len__(self):
        return len(self._products)

    def __iter__(self):
        yield from self._products
