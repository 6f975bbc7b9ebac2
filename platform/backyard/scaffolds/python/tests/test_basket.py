"""Each test asks for one thing, arranges all that it needs, and says in its first line what it asks for."""

import random

import pytest


@pytest.mark.visible  # Learners see this test and may run it. Decide: which ones help to begin?
def test_the_example_comes_out(call):
    """Two pens are in after two pens were put in."""
    basket = call("basket:Basket")
    basket.call("add", "pen", 2)
    assert basket.call("count", "pen") == 2, "Two pens were put in."


@pytest.mark.points(2)  # Decide: what is it worth? One point without the mark.
def test_pieces_of_one_kind_add_up(call):
    """Pieces that are put in one after another add up, each kind by itself."""
    basket = call("basket:Basket")
    counts = [random.randint(2, 9) for _ in range(3)]
    for count in counts:
        basket.call("add", "pen", count)
    basket.call("add", "ink")
    assert basket.call("count", "pen") == sum(counts), f"Pens were put in {counts} at a time."
    assert basket.call("count", "ink") == 1, "One ink was put in."
    assert basket.call("count", "pad") == 0, "No pad was put in."


def test_a_count_below_one_is_refused(call):
    """A count below 1 raises ValueError, and changes nothing."""
    basket = call("basket:Basket")
    for count in (0, -1):
        with call.raises("ValueError"):
            basket.call("add", "pen", count)
    assert basket.call("count", "pen") == 0, "What was refused is not in."
