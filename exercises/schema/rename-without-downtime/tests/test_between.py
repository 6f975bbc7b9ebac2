"""After `alembic upgrade expand`: both programs work side by side."""

import random

import pytest
from club import Club, a_name, an_address, refused


@pytest.fixture
def club(call, database):
    return Club(call, database)


@pytest.mark.visible
def test_both_programs_find_the_members_of_before(club):
    """After `expand` both programs find every member who was there before."""
    club.fill()
    before = club.old.members()
    club.upgrade("expand")
    assert club.old.members() == before, "The old program must find its members under `email`."
    assert club.new.members() == before, "The new one must find them under `contact_email`."


@pytest.mark.visible
@pytest.mark.points(2)
def test_the_new_program_finds_whom_the_old_one_adds(club):
    """After `expand` the old program adds a member, and the new one finds the address."""
    club.upgrade("expand")
    email = an_address()
    member = club.old.add(email)
    assert club.old.address(member) == email, "The old program must find what it has written."
    assert club.new.address(member) == email, "The new program must find it as `contact_email`."


@pytest.mark.points(2)
def test_the_old_program_finds_whom_the_new_one_adds(club):
    """After `expand` the new program adds a member, and the old one finds the address."""
    club.upgrade("expand")
    email = an_address()
    member = club.new.add(email)
    assert club.new.address(member) == email, "The new program must find what it has written."
    assert club.old.address(member) == email, "The old program must find it as `email`."


@pytest.mark.points(3)
def test_the_last_change_of_an_address_counts_for_both(club):
    """After `expand` either program changes an address, and both find the last change."""
    member = random.choice(club.fill())
    club.upgrade("expand")
    first, second = an_address(), an_address()
    turns = [("old", first), ("new", second), ("new", first), ("old", second), ("old", first)]
    for who, email in [*turns, ("new", second), ("old", first)]:
        getattr(club, who).move(member, email)
        found = (club.old.address(member), club.new.address(member))
        assert found == (email, email), f"The {who} program has changed the address for both."


def test_a_change_touches_no_other_member(club):
    """After `expand` a change of one member leaves all others as they were."""
    members = club.fill()
    before = club.old.members()
    club.upgrade("expand")
    changed = random.sample(members, 2)
    club.old.move(changed[0], an_address())
    club.new.move(changed[1], an_address())
    others = [row for row in before if row[0] not in changed]
    for program in (club.old, club.new):
        found = [row for row in program.members() if row[0] not in changed]
        assert found == others, "Whose address was not changed must be as before."


def test_a_change_of_the_name_keeps_the_address(club):
    """After `expand` a member's name is changed, and the address stays for both programs."""
    first, second, *_ = club.fill()
    club.upgrade("expand")
    club.new.move(first, an_address())
    for program, member in ((club.old, first), (club.new, second)):
        email, name = club.old.address(member), a_name()
        program.rename(member, name)
        for reader in (club.old, club.new):
            assert (member, name, email) in reader.members(), "Only the name was changed."


def test_either_program_deletes_members(club):
    """After `expand` a member whom either program deletes is gone for both."""
    first, second, *_ = club.fill()
    club.upgrade("expand")
    club.old.delete(first)
    club.new.delete(second)
    third = club.new.add()
    club.old.delete(third)
    for program in (club.old, club.new):
        left = {row[0] for row in program.members()}
        assert not left & {first, second, third}, "Who was deleted must be gone for both."


@pytest.mark.points(2)
def test_the_rules_hold_for_both_programs(club):
    """After `expand` an address is still required, and still belongs to one member alone."""
    club.fill()
    club.upgrade("expand")
    by_old, by_new = club.old.add(), club.new.add()
    for program in (club.old, club.new):
        with refused("a member without an address"):
            program.add_without_address()
        for member in (by_old, by_new):
            with refused("an UPDATE that takes an address away"):
                program.move(member, None)
            with refused("a second member with the same address"):
                program.add(club.old.address(member))
    with refused("an UPDATE to another member's address"):
        club.new.move(by_new, club.old.address(by_old))
    with refused("an UPDATE to another member's address"):
        club.old.move(by_old, club.new.address(by_new))
