"""`sort`: the order of the records, which is the same each time."""

import random

import pytest
from shop import Shop, by_id, found, wrong_parameters


@pytest.fixture
def shop(database):
    return Shop(database)


def test_records_come_in_the_order_of_their_ids(shop, client):
    """Without `sort` the records come in the order of their ids."""
    ids = [record["id"] for record in shop.fill(30)]
    assert found(client, per_page=50) == ids, "The smallest id must come first."


def test_records_are_sorted_by_year_and_by_price(shop, client):
    """`sort` sorts by year or by price, and a minus before it turns the order around."""
    years, prices = random.sample(range(1950, 2020), 20), random.sample(range(90, 12_000), 20)
    shop.add_all([{"year": years.pop(), "price": prices.pop()} for _ in range(20)])
    for name in ("year", "price"):
        ids = [r["id"] for r in sorted(shop.records, key=lambda record: record[name])]
        assert found(client, sort=name, per_page=50) == ids, f"Sort by {name}, the lowest first."
        down = found(client, sort=f"-{name}", per_page=50)
        assert down == ids[::-1], f"Sort by {name}, the highest first."


@pytest.mark.points(2)
def test_records_of_one_year_or_price_go_by_id(shop, client):
    """Records of the same year or price come in the order of their ids, in both directions."""
    shop.add_all([{"year": 1970 + n % 3, "price": 1000 + n % 2} for n in range(40)])
    for name in ("year", "price"):
        for sign, turn in (("", 1), ("-", -1)):
            wanted = sorted(by_id(shop.records), key=lambda record: turn * record[name])
            got = found(client, sort=sign + name, per_page=50)
            ids = [record["id"] for record in wanted]
            assert got == ids, f"With sort={sign}{name}, those alike come by id."


def test_another_order_is_refused(shop, client):
    """Any other `sort` is answered with 400, and is never run as SQL."""
    shop.fill(2)
    for sort in ("", "colour", "PRICE", "--price", "+price", "price ", "price DESC", "year,price"):
        assert wrong_parameters(client, sort=sort) == ["sort"], f"{sort!r} is no way to sort."
    for sort in ("id", "-id", "title", "-artist", "price; DROP TABLE records", "1", "(SELECT 1)"):
        assert wrong_parameters(client, sort=sort) == ["sort"], f"{sort!r} is no way to sort."
    assert len(found(client)) == 2, "Both records must still be there."
