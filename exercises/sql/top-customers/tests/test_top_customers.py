"""The customers whose place is 3 or better."""

import random
from decimal import Decimal

import pytest
from sample import sample
from shop import NAMES, TABLES, Shop


@pytest.fixture
def shop(database):
    return Shop(database)


def amounts(count):
    """Return `count` different amounts in random order, none of them below 1."""
    return [f"{cents / 100:.2f}" for cents in random.sample(range(100, 100_000), count)]


@pytest.mark.visible
def test_the_example_comes_out(sample, query):
    """The example of the statement comes out."""
    expected = [
        (1, 1, "Ada", 2, Decimal("30.00")),
        (1, 2, "Ben", 1, Decimal("30.00")),
        (3, 3, "Chen", 1, Decimal("12.50")),
    ]
    assert query() == expected, "The rows must be those of the example."


@pytest.mark.visible
def test_the_columns_have_their_names(database, query):
    """The columns are place, id, name, orders and total."""
    database.execute(TABLES)
    database.commit()
    columns = ("place", "id", "name", "orders", "total")
    assert query().columns == columns, f"The columns must be {', '.join(columns)}."


def test_the_best_three_are_found(shop, query):
    """Among many customers the three best are found."""
    for amount in amounts(12):
        shop.spend(shop.customer(), amount)
    shop.save()
    assert query() == shop.best(), "All spent different amounts, so three customers are the best."


def test_the_best_come_first(shop, query):
    """The rows are sorted by place."""
    for name, amount in zip(("Zoe", "Mia", "Ada"), ("300.00", "200.00", "100.00"), strict=True):
        shop.spend(shop.customer(name), amount)
    shop.save()
    assert query(order=("place",)) == shop.best(), "The best customer must come first."


def test_quantities_and_lines_add_up(shop, query):
    """An order of many lines is one order, and each line counts quantity times price."""
    for base in random.sample((2, 20, 400, 8_000), 4):  # so far apart that totals never tie
        customer = shop.customer()
        for _ in range(random.randint(2, 3)):
            lines = [(random.randint(base, base + 4), "1.25") for _ in range(random.randint(2, 4))]
            shop.order(customer, *lines)
    shop.save()
    assert query() == shop.best(), "`orders` counts orders, and `total` sums quantity times price."


def test_customers_without_orders_take_part(shop, query):
    """Customers without any order are listed with 0 when fewer than three spent more."""
    for amount in amounts(2):
        shop.spend(shop.customer(), amount)
    for _ in range(random.randint(2, 4)):
        shop.customer()
    shop.save()
    assert query() == shop.best(), "Who bought nothing has 0 orders, a total of 0, and place 3."


def test_customers_with_unpaid_orders_alone_take_part(shop, query):
    """Customers whose orders are all open or cancelled are listed like those without orders."""
    for amount in amounts(2):
        shop.spend(shop.customer(), amount)
    for status in ("open", "cancelled"):
        shop.order(shop.customer(), (1, "5.00"), status=status)
    shop.save()
    assert query() == shop.best(), "Who paid for nothing has 0 orders, a total of 0, and place 3."


def test_only_paid_orders_count(shop, query):
    """Open and cancelled orders count neither as orders nor as money."""
    for paid in ("300.00", "200.00", "100.00", "50.00"):
        customer = shop.customer()
        shop.spend(customer, paid)
        for status, amount in zip(("open", "cancelled"), amounts(2), strict=True):
            shop.order(customer, (2, amount), status=status)
    shop.save()
    assert query() == shop.best(), "Everybody here has one paid order and two others."


def test_customers_who_spent_the_same_share_a_place(shop, query):
    """Two customers share place 1, and the next one has place 3."""
    for amount in ("90.00", "90.00", "50.00", "20.00"):
        shop.spend(shop.customer(), amount)
    shop.save()
    assert query() == shop.best(), "After two customers in place 1 comes place 3, then nobody."


def test_all_who_share_place_three_are_listed(shop, query):
    """All customers who share place 3 are listed, however many."""
    for amount in ("90.00", "80.00", "70.00", "70.00", "70.00", "60.00"):
        shop.spend(shop.customer(), amount)
    shop.save()
    assert query() == shop.best(), "Three customers share place 3, so five rows are right."


def test_customers_of_one_name_stay_apart(shop, query):
    """Two customers of the same name are two customers."""
    name = random.choice(NAMES)
    for amount in amounts(2):
        shop.spend(shop.customer(name), amount)
    shop.save()
    assert query() == shop.best(), f"There are two customers called {name}."
