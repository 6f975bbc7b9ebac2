"""Inventory, and products that nobody has thought of yet."""

from datetime import timedelta
from decimal import Decimal

import pytest
from stock import DAY, a_price, filled, make, skus

NEW_KINDS = """
from inventory import Product


class Rope(Product):
    unit = "m"

    def allows(self, quantity):
        return quantity % 5 == 0

    def price_on(self, day):
        return self.price * day.day


class WithoutUnit(Product):
    def allows(self, quantity):
        return True


class WithoutAllows(Product):
    unit = "m"
"""


@pytest.fixture
def new_kinds(run):
    """Put a module with other classes of products beside the learner's."""
    run("true", files={"new_kinds.py": NEW_KINDS})


def stocks(inventory):
    return [product.get("stock") for product in inventory]


@pytest.mark.visible
def test_the_example_comes_out(call):
    """The example of the statement comes out."""
    chain = call("inventory:Piece", "CH-9", "Chain", Decimal("19.90"))
    bar = call("inventory:Perishable", "EB-1", "Energy bar", Decimal("2.50"), DAY)
    chain.call("receive", 3)
    bar.call("receive", 4)
    inventory = call("inventory:Inventory")
    inventory.call("add", chain)
    inventory.call("add", bar)
    value = inventory.call("value_on", DAY - timedelta(days=1))
    assert value == Decimal("64.70"), "3 × 19.90 + 4 × 1.25 = 64.70"
    with call.raises("OutOfStock"):
        inventory.call("take_order", {"EB-1": 1, "CH-9": 5})
    assert bar.get("stock") == 4, "An order that can't be filled must take nothing."


def test_products_are_found_again(call):
    """len(), `in` and find() know the products that were added, and no others."""
    products = [make(call, "Piece"), make(call, "Bulk"), make(call, "Perishable", DAY)]
    inventory = filled(call, *products)
    assert call("builtins:len", inventory) == 3, "Three products were added."
    for product in products:
        sku = product.get("sku")
        assert call("operator:contains", inventory, sku) is True, f"{sku!r} was added."
        found = inventory.call("find", sku)
        assert call("operator:is_", found, product), "find() must return the product itself."
    assert call("operator:contains", inventory, "no-such") is False, "'no-such' was not added."
    with call.raises("KeyError"):
        inventory.call("find", "no-such")


def test_a_new_inventory_is_empty(call):
    """A new inventory has no products and is worth 0, whatever another one holds."""
    filled(call, make(call, "Piece", stock=2))
    inventory = call("inventory:Inventory")
    assert call("builtins:len", inventory) == 0, "A new inventory has no products."
    assert inventory.call("value_on", DAY) == 0, "An empty inventory is worth 0."


def test_a_sku_is_there_once(call):
    """A second product of the same SKU is refused, and the first one stays."""
    sku = skus(1)[0]
    first = make(call, "Piece", sku=sku)
    inventory = filled(call, first)
    for kind in ("Piece", "Bulk"):
        with call.raises("ValueError"):
            inventory.call("add", make(call, kind, sku=sku))
    assert call("operator:is_", inventory.call("find", sku), first), "The first one must stay."
    assert call("builtins:len", inventory) == 1, "A refused product must not be added."


def test_only_products_are_added(call):
    """What is no product is refused with TypeError."""
    inventory = call("inventory:Inventory")
    for thing in ("CH-9", None, inventory):
        with call.raises("TypeError"):
            inventory.call("add", thing)
    assert call("builtins:len", inventory) == 0, "What is refused must not be added."


def test_products_come_in_the_order_of_their_skus(call):
    """An inventory goes through its products in the order of their SKUs."""
    ordered = sorted(skus(6))
    inventory = filled(call, *(make(call, "Piece", sku=sku) for sku in reversed(ordered)))
    for _ in range(2):
        got = [product.get("sku") for product in call("builtins:list", inventory)]
        assert got == ordered, "The products must come in the order of their SKUs."


@pytest.mark.points(2)
def test_the_value_is_stock_times_price(call):
    """value_on() sums stock times price, and perishables are worth less day by day."""
    prices = [a_price() for _ in range(3)]
    inventory = filled(
        call,
        make(call, "Piece", price=prices[0], stock=7),
        make(call, "Bulk", price=prices[1], stock=Decimal("0.125")),
        make(call, "Perishable", DAY, price=prices[2], stock=3),
        make(call, "Piece"),
    )
    fixed = prices[0] * 7 + prices[1] * Decimal("0.125")
    for days, fresh in ((-9, 1), (0, Decimal("0.5")), (1, 0)):
        got = inventory.call("value_on", DAY + timedelta(days=days))
        assert got == fixed + prices[2] * fresh * 3, "Sum stock times price_on(day)."


def test_an_order_is_taken(call):
    """take_order() takes what was ordered, and nothing else."""
    products = [make(call, "Piece", stock=5), make(call, "Bulk", stock=2), make(call, "Piece")]
    inventory = filled(call, *products)
    order = {products[0].get("sku"): 5, products[1].get("sku"): Decimal("0.75")}
    inventory.call("take_order", order)
    assert stocks(products) == [0, Decimal("1.25"), 0], "Take what was ordered, and nothing else."


@pytest.mark.points(2)
def test_an_order_is_taken_as_a_whole_or_not_at_all(call):
    """An order with one line that can't be taken raises that line's error and takes nothing."""
    products = [make(call, "Piece", stock=5) for _ in range(3)]
    first, second, third = (product.get("sku") for product in products)
    inventory = filled(call, *products)
    for sku, quantity, error in (
        (second, 6, "OutOfStock"),
        (second, 0, "ValueError"),
        (second, 1.5, "ValueError"),
        ("no-such", 1, "KeyError"),
    ):
        with call.raises(error):
            inventory.call("take_order", {first: 2, sku: quantity, third: 2})
        got = stocks(products)
        assert got == [5, 5, 5], f"{error} in the second line: nothing may be taken of the others."


@pytest.mark.points(2)
def test_a_new_kind_of_product_fits_in(new_kinds, call):
    """A class that was written after yours is checked, shown and valued by its own rules."""
    price = a_price()
    rope = call("new_kinds:Rope", "RO-1", "Rope", price)
    for quantity in (7, 0, -5):
        with call.raises("ValueError"):
            rope.call("receive", quantity)
    rope.call("receive", 10)
    with call.raises("OutOfStock"):
        rope.call("take", 15)
    inventory = filled(call, rope)
    got = inventory.call("value_on", DAY.replace(day=3))
    assert got == price * 30, "The inventory must ask the product for its price_on(day)."
    shown = call("builtins:repr", rope)
    assert shown == f"Rope('RO-1', 'Rope', {price!r})", "repr() must show the object's own class."


def test_a_new_kind_must_bring_what_is_abstract(new_kinds, call):
    """A class that lacks `unit` or `allows` can't be made into an object."""
    for kind in ("WithoutUnit", "WithoutAllows"):
        with call.raises("TypeError"):
            call(f"new_kinds:{kind}", "RO-1", "Rope", a_price())
