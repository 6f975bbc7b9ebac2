"""What the tests share: products made at random."""

import random
from datetime import date
from decimal import Decimal

NAMES = ("Chain", "Saddle", "Bell", "Grease", "Spoke", "Tube", "Lamp", "Energy bar")
DAY = date(2030, 6, 30)
NUMBERS = random.sample(range(1000, 10_000), 2_000)


def a_price():
    """Return a price of at least 1.00."""
    return Decimal(random.randint(100, 9_999)) / 100


def skus(count):
    """Return so many new SKUs in random order."""
    return [f"{random.choice('ABCDE')}-{NUMBERS.pop()}" for _ in range(count)]


def make(call, kind, *more, sku=None, price=None, stock=0):
    """Have a product of class `kind` made, of a new SKU unless it is given, with this stock."""
    arguments = (sku or skus(1)[0], random.choice(NAMES), a_price() if price is None else price)
    product = call(f"inventory:{kind}", *arguments, *more)
    if stock:
        product.call("receive", stock)
    return product


def filled(call, *products):
    """Have an inventory of these products made."""
    inventory = call("inventory:Inventory")
    for product in products:
        inventory.call("add", product)
    return inventory
