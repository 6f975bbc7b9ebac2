"""Everybody's place in the company, even of those who report in a circle."""

import random

import pytest
from company import NAMES, TABLES, Company
from sample import sample


@pytest.fixture
def company(database):
    return Company(database)


def sorted_names(count):
    """Return `count` different names in the order of the alphabet."""
    return sorted(random.sample(NAMES, count))


@pytest.mark.visible
def test_the_example_comes_out(sample, query):
    """The example of the statement comes out."""
    expected = [
        (6, "Ben", 0, "Ben", 0),
        (1, "Zoe", 0, "Zoe", 4),
        (3, "Ines", 1, "Zoe > Ines", 1),
        (4, "Luis", 2, "Zoe > Ines > Luis", 0),
        (2, "Omar", 1, "Zoe > Omar", 1),
        (5, "Ada", 2, "Zoe > Omar > Ada", 0),
        (7, "Ravi", None, None, 1),
        (8, "Hana", None, None, 1),
    ]
    assert query(order="exact") == expected, "The rows must be those of the example, in its order."


@pytest.mark.visible
def test_the_columns_have_their_names(database, query):
    """The columns are id, name, level, path and below."""
    database.execute(TABLES)
    database.commit()
    columns = ("id", "name", "level", "path", "below")
    assert query().columns == columns, f"The columns must be {', '.join(columns)}."


def test_a_head_alone_is_a_company(company, query):
    """Somebody with no manager and no staff has level 0, a path of one name, and nobody below."""
    company.hire()
    company.save()
    assert query() == company.chart(), "The company has one person, who is its head."


@pytest.mark.points(2)
def test_the_chart_may_be_deep(company, query):
    """However many levels there are, each person has a level and the whole path."""
    company.chain(random.randint(15, 25))
    company.save()
    assert query() == company.chart(), "Everybody but the head reports to one person, in one line."


def test_everybody_below_is_counted(company, query):
    """`below` counts the staff of the staff, too, down to the last level."""
    head = company.hire()
    for manager in [company.hire(head) for _ in range(3)]:
        for lead in [company.hire(manager) for _ in range(random.randint(1, 3))]:
            company.chain(random.randint(1, 2), manager=lead)
    company.save()
    assert query() == company.chart(), "`below` counts everybody whose managers lead up to here."


def test_a_company_may_have_many_heads(company, query):
    """Each head begins a chart of its own, and the heads are sorted by name."""
    for name in reversed(sorted_names(random.randint(3, 5))):
        company.hire(company.hire(name=name))
    company.save()
    assert query(order="exact") == company.chart(), "Each head is followed by one person below."


@pytest.mark.points(2)
def test_each_person_is_followed_by_all_below(company, query):
    """The rows go down each branch before the next one begins, colleagues by name."""
    head = company.hire()
    names = sorted_names(4)
    managers = [company.hire(head, name) for name in reversed(names)]
    for manager in managers:
        for name in reversed(sorted_names(3)):
            company.hire(company.hire(manager, name))
    company.save()
    assert query(order="exact") == company.chart(), "Draw the chart from top to bottom."


def test_teams_stay_together_when_managers_share_a_name(company, query):
    """Two colleagues of one name are sorted by id, each followed by the own team."""
    shared, *names = sorted_names(5)
    head = company.hire()
    first, second = company.hire(head, shared), company.hire(head, shared)
    for manager, name in zip((second, first, second, first), names, strict=True):
        company.hire(manager, name)
    company.save()
    assert query(order="exact") == company.chart(), f"Two managers here are called {shared}."


def test_heads_may_share_a_name(company, query):
    """Two heads of one name are sorted by id, and so are people of one name in a team."""
    first_name, second_name = random.sample(NAMES, 2)
    for head in [company.hire(name=first_name) for _ in range(3)]:
        for _ in range(3):
            company.hire(head, second_name)
    company.save()
    assert query(order="exact") == company.chart(), "Everybody is a person, whatever the name."


@pytest.mark.points(2)
def test_people_in_a_circle_are_listed(company, query):
    """Who reports in a circle has no level and no path, and all others of the circle below."""
    company.hire()
    company.circle(2)
    company.circle(random.randint(3, 6))
    company.save()
    assert query() == company.chart(), "There is a head here, and two circles that nobody heads."


def test_a_circle_may_be_a_person(company, query):
    """Who reports to nobody but to themselves is a circle of one."""
    alone, busy = company.circle(1)[0], company.circle(1)[0]
    company.chain(random.randint(2, 3), manager=busy)
    company.hire(busy)
    company.save()
    assert query() == company.chart(), f"{alone} and {busy} are managers of themselves."


def test_people_below_a_circle_have_no_level(company, query):
    """Who reports to somebody in a circle has no level either, and counts for all above."""
    circle = company.circle(random.randint(2, 4))
    side = company.chain(random.randint(2, 4), manager=random.choice(circle))
    company.hire(side[0])
    company.save()
    assert query() == company.chart(), "All managers' lines here run into one circle."


def test_who_has_no_level_comes_last(company, query):
    """Those without a level come after all others, sorted by id, whatever they are called."""
    names = sorted_names(9)
    circle = company.circle(3)
    for name in reversed(names[:4]):
        company.hire(random.choice(circle), name)
    for name in names[4:]:
        company.hire(name=name)
    company.circle(2)
    company.save()
    assert query(order="exact") == company.chart(), "First the charts, then the others by id."
