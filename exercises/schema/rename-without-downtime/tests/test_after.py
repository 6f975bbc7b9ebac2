"""After `alembic upgrade contract`: the new program is alone."""

import pytest
from club import Club, an_address, refused


@pytest.fixture
def club(call, database):
    return Club(call, database)


@pytest.mark.visible
@pytest.mark.points(2)
def test_only_the_new_column_is_left(club):
    """After `contract` the column has its new name, and no member is lost."""
    club.fill()
    club.upgrade("expand")
    club.old.add()
    club.new.move(club.new.add(), an_address())
    before = club.new.members()
    club.upgrade("contract")
    assert club.columns() == ["contact_email", "id", "name"], "Only `email` must be gone."
    assert club.new.members() == before, "Every member must be there as before."


def test_the_new_program_works_alone(club):
    """After `contract` the new program adds, changes and deletes members."""
    first, second, *_ = club.fill()
    club.upgrade("contract")
    email, other = an_address(), an_address()
    member = club.new.add(email)
    club.new.move(first, other)
    club.new.delete(second)
    assert club.new.address(member) == email, "The new member must be found."
    assert club.new.address(first) == other, "The changed address must be found."
    assert club.new.address(second) is None, "The deleted member must be gone."


@pytest.mark.points(2)
def test_the_rules_hold_for_the_new_column(club):
    """After `contract` the new column is required, and no two members share an address."""
    member = club.fill()[0]
    club.upgrade("contract")
    with refused("a member without an address"):
        club.new.add_without_address()
    with refused("an UPDATE that takes an address away"):
        club.new.move(member, None)
    with refused("a second member with the same address"):
        club.new.add(club.new.address(member))


def test_nothing_is_left_over(club):
    """After `contract` there is the table, and no function, trigger, view or other table."""
    club.fill()
    club.upgrade("contract")
    assert club.columns() == ["contact_email", "id", "name"], "The column must be renamed."
    assert club.left_overs() == [], "What only the time in between needed must be gone."
