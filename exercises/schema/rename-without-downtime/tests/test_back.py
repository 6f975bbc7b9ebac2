"""The way back: `alembic downgrade`."""

import random

import pytest
from club import Club, an_address, refused


@pytest.fixture
def club(call, database):
    return Club(call, database)


@pytest.mark.points(2)
def test_both_programs_work_again(club):
    """From `contract` back to `expand`: both programs find all members, and whom the other adds."""
    club.fill()
    club.upgrade("contract")
    club.new.add()
    before = club.new.members()
    club.downgrade("expand")
    assert club.old.members() == before, "The old program must find every member."
    assert club.new.members() == before, "The new program must find every member."
    for writer in random.sample((club.old, club.new), 2):
        email = an_address()
        member = writer.add(email)
        found = (club.old.address(member), club.new.address(member))
        assert found == (email, email), "What one program writes the other one must find."
        writer.move(member, f"new.{email}")
        found = (club.old.address(member), club.new.address(member))
        assert found == (f"new.{email}",) * 2, "What one changes the other one must find."


@pytest.mark.points(2)
def test_the_old_program_is_alone_again(club):
    """From `expand` back to the beginning: `email` has all addresses, `contact_email` is gone."""
    club.fill()
    club.upgrade("expand")
    club.new.move(club.old.add(), an_address())
    club.new.add()
    before = club.old.members()
    club.downgrade("base")
    assert club.columns() == ["email", "id", "name"], "Only `contact_email` must be gone."
    assert club.old.members() == before, "Every member must be there as before."
    email = an_address()
    assert club.old.address(club.old.add(email)) == email, "The old program must work."
    assert club.left_overs() == [], "What only the time in between needed must be gone."


@pytest.mark.points(2)
def test_the_way_back_restores_the_rules(club):
    """From `contract` all the way back: the old column is required and unique, as it was."""
    club.fill()
    club.upgrade("contract")
    member = club.new.add()
    before = club.new.members()
    club.downgrade("base")
    assert club.old.members() == before, "Every member must be there as before."
    with refused("a member without an address"):
        club.old.add_without_address()
    with refused("an UPDATE that takes an address away"):
        club.old.move(member, None)
    with refused("a second member with the same address"):
        club.old.add(club.old.address(member))
    assert club.left_overs() == [], "What only the time in between needed must be gone."


def test_the_way_can_be_gone_twice(club):
    """Up, back and up again: no step stumbles over what an earlier one has left."""
    club.fill()
    before = club.old.members()
    club.upgrade("contract")
    club.downgrade("expand")
    club.upgrade("contract")
    club.downgrade("base")
    club.upgrade("contract")
    assert club.new.members() == before, "Every member must be there as before."
    assert club.columns() == ["contact_email", "id", "name"], "The column must be renamed."
