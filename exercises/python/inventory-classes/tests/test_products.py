"""Product, Piece, Bulk and Perishable."""

import random
from datetime import timedelta
from decimal import Decimal

import pytest
from stock import DAY, NAMES, a_price, make, skus

NO_PIECES = (0, -1, 2.0, "2", None, True, Decimal(2))
NO_WEIGHTS = (0, -1, Decimal(0), Decimal("-0.5"), 0.5, "2", None, True, Decimal("1.0005"))


@pytest.mark.visible
def test_stock_comes_and_goes(call):
    """receive() adds to the stock and take() takes from it."""
    chain = call("inventory:Piece", "CH-9", "Chain", Decimal("19.90"))
    assert chain.get("stock") == 0, "A new product has a stock of 0."
    chain.call("receive", 5)
    chain.call("receive", 2)
    chain.call("take", 3)
    assert chain.get("stock") == 4, "After 5 and 2 came in, and 3 went out, the stock is 4."


@pytest.mark.visible
def test_nobody_sets_the_stock_or_the_sku(call):
    """Setting `stock` or `sku` is an AttributeError."""
    chain = call("inventory:Piece", "CH-9", "Chain", Decimal("19.90"))
    with call.raises("AttributeError"):
        chain.set("stock", 100)
    with call.raises("AttributeError"):
        chain.set("sku", "CH-10")
    assert (chain.get("sku"), chain.get("stock")) == ("CH-9", 0), "Both must be as they were."


def test_a_product_is_what_it_was_made_with(call):
    """A product has the SKU, the name and the price that it was made with, and its unit."""
    for kind, unit, *more in (("Piece", "pcs"), ("Bulk", "kg"), ("Perishable", "pcs", DAY)):
        sku, name, price = skus(1)[0], random.choice(NAMES), a_price()
        product = call(f"inventory:{kind}", sku, name, price, *more)
        got = [product.get(field) for field in ("sku", "name", "price", "unit", "stock")]
        assert got == [sku, name, price, unit, 0], f"A new {kind} must have what it was given."
    assert product.get("best_before") == DAY, "A Perishable must have its `best_before`."


def test_the_classes_derive_from_each_other(call):
    """Piece and Bulk are Products, and a Perishable is a Piece."""
    for kind, base, *more in (
        ("Piece", "Product"),
        ("Bulk", "Product"),
        ("Perishable", "Piece", DAY),
    ):
        assert base in make(call, kind, *more).types[1:], f"{kind} must derive from {base}."


def test_a_product_as_such_cannot_be_made(call):
    """Product is abstract: making one is a TypeError."""
    with call.raises("TypeError"):
        call("inventory:Product", "CH-9", "Chain", Decimal("19.90"))


def test_a_price_is_a_decimal_of_zero_or_more(call):
    """A price that is negative or no Decimal is refused when a product is made."""
    for price in (Decimal("-0.01"), 5, 4.5, "5", None):
        with call.raises("ValueError"):
            call("inventory:Piece", "CH-9", "Chain", price)
    free = make(call, "Piece", price=Decimal(0))
    assert free.get("price") == 0, "A price of 0 is a good one."


def test_a_price_is_checked_when_it_is_set(call):
    """A price that is set is checked as well, and a refused one leaves the old one."""
    for kind in ("Piece", "Bulk"):
        product, price = make(call, kind), a_price()
        product.set("price", price)
        for bad in (Decimal("-0.01"), 5, 4.5):
            with call.raises("ValueError"):
                product.set("price", bad)
        assert product.get("price") == price, "A refused price must leave the old one."
        product.set("price", Decimal(0))
        assert product.get("price") == 0, "A price of 0 is a good one."


def test_pieces_are_counted_in_whole_numbers(call):
    """A Piece takes whole numbers above 0 alone, and a refused quantity changes nothing."""
    stock = random.randint(5, 50)
    piece = make(call, "Piece", stock=stock)
    for method in ("receive", "take"):
        for quantity in NO_PIECES:
            with call.raises("ValueError"):
                piece.call(method, quantity)
    assert piece.get("stock") == stock, "A refused quantity must change nothing."


def test_bulk_is_weighed_in_grams(call):
    """A Bulk takes whole numbers and Decimals of three places above 0, and no floats."""
    bulk = make(call, "Bulk", stock=3)
    bulk.call("receive", Decimal("0.001"))
    bulk.call("receive", Decimal("1.25"))
    bulk.call("take", Decimal("0.126"))
    assert bulk.get("stock") == Decimal("4.125"), "3 + 0.001 + 1.25 - 0.126 kg are 4.125 kg."
    for method in ("receive", "take"):
        for quantity in NO_WEIGHTS:
            with call.raises("ValueError"):
                bulk.call(method, quantity)
    assert bulk.get("stock") == Decimal("4.125"), "A refused quantity must change nothing."


def test_allows_tells_which_quantities_are_right(call):
    """allows() is True for a quantity in which the product is counted, else False."""
    asked = (7, True, 1.5, "7", None, Decimal("1.5"), Decimal("0.001"), Decimal("0.0015"))
    for kind, right in (
        ("Piece", [True, False, False, False, False, False, False, False]),
        ("Bulk", [True, False, False, False, False, True, True, False]),
    ):
        product = make(call, kind)
        for quantity, expected in zip(asked, right, strict=True):
            got = product.call("allows", quantity)
            assert got is expected, f"allows({quantity!r}) of a {kind} must be {expected}."


@pytest.mark.points(2)
def test_more_than_there_is_cannot_be_taken(call):
    """take() of more than there is raises OutOfStock and takes nothing; all there is can go."""
    stock = random.randint(5, 50)
    piece = make(call, "Piece", stock=stock)
    with call.raises("OutOfStock") as raised:
        piece.call("take", stock + 1)
    assert "ValueError" not in raised.types, "OutOfStock must not derive from ValueError."
    assert piece.get("sku") in raised.message, "The text of OutOfStock must contain the SKU."
    assert piece.get("stock") == stock, "A take() that is refused must take nothing."
    piece.call("take", stock)
    assert piece.get("stock") == 0, "All that there is may be taken."


def test_products_of_one_class_and_sku_are_equal(call):
    """Products are equal if class and SKU are the same, and a product equals nothing else."""
    sku, other_sku = skus(2)
    chain = make(call, "Piece", sku=sku, stock=2)
    assert call("operator:eq", chain, make(call, "Piece", sku=sku)) is True, "Same class, same SKU."
    for other, why in (
        (make(call, "Piece", sku=other_sku), "the SKU differs"),
        (make(call, "Bulk", sku=sku), "a Bulk is no Piece"),
        (make(call, "Perishable", DAY, sku=sku), "a Perishable is not of the very same class"),
        (sku, "a text is no product"),
    ):
        assert call("operator:eq", chain, other) is False, f"These are not equal: {why}."
        assert call("operator:eq", other, chain) is False, f"These are not equal: {why}."


def test_equal_products_have_equal_hashes(call):
    """Equal products have one hash, which stays when name and price change."""
    sku = skus(1)[0]
    one, other = (make(call, "Piece", sku=sku) for _ in range(2))
    before = call("builtins:hash", one)
    assert call("builtins:hash", other) == before, "Equal products must have equal hashes."
    one.set("name", "Something else")
    one.set("price", one.get("price") + 1)
    assert call("builtins:hash", one) == before, "The hash must stay when name and price change."


def test_repr_shows_class_sku_name_and_price(call):
    """repr() shows the class, the SKU, the name and the price."""
    for kind, *more in (("Piece",), ("Bulk",), ("Perishable", DAY)):
        sku, name, price = skus(1)[0], random.choice(NAMES), a_price()
        product = call(f"inventory:{kind}", sku, name, a_price(), *more)
        product.set("price", price)
        product.set("name", name.upper())
        expected = f"{kind}({sku!r}, {name.upper()!r}, {price!r})"
        assert call("builtins:repr", product) == expected, f"repr() must be {expected} here."


@pytest.mark.points(2)
def test_perishables_get_cheaper(call):
    """A Perishable costs half on its last three good days, and nothing after them."""
    best_before = DAY + timedelta(days=random.randrange(300))
    price = Decimal(random.randrange(101, 999, 2)) / 100
    bar = make(call, "Perishable", best_before, price=price)
    for days, expected in (
        (-30, price),
        (-3, price),
        (-2, price / 2),
        (-1, price / 2),
        (0, price / 2),
        (1, 0),
        (30, 0),
    ):
        got = bar.call("price_on", best_before + timedelta(days=days))
        assert got == expected, f"{days} days after `best_before` {price} becomes {expected}."


def test_other_products_cost_the_same_on_every_day(call):
    """price_on() of a Piece or a Bulk is its price as it is now."""
    for kind in ("Piece", "Bulk"):
        product, price = make(call, kind), a_price()
        product.set("price", price)
        got = product.call("price_on", DAY + timedelta(days=random.randrange(300)))
        assert got == price, f"price_on() of a {kind} must be its price."
