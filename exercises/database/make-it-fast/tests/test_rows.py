"""What the queries answer: the same as before."""

import random
from datetime import timedelta

import pytest
from depot import DAY, MINUTE, PARCEL, add_parcels, add_scans, begin, some_ids


@pytest.fixture(autouse=True)
def empty_tables(database):
    begin(database)


@pytest.mark.visible
def test_the_columns_are_as_they_were(query):
    """The queries answer with the same columns as before."""
    wanted = {
        "track.sql": ("id", "place", "scanned_at"),
        "waiting.sql": ("id", "recipient", "handed_in"),
        "day.sql": ("place", "scans"),
        "lost.sql": ("id", "recipient", "handed_in"),
    }
    for file, columns in wanted.items():
        got = query(file=file).columns
        assert got == columns, f"The columns of {file} must be {', '.join(columns)}."


def test_the_ten_latest_scans_of_the_parcel_are_shown(database, query):
    """track.sql answers with the ten latest scans of parcel 4711 alone, the newest first."""
    other, parcel = some_ids(1)[0], PARCEL
    add_parcels(database, [other, parcel])
    times = [DAY + minutes * MINUTE for minutes in random.sample(range(10_000), 14)]
    scans = add_scans(database, parcel, times)
    add_scans(database, other, [at + MINUTE for at in times])
    newest = sorted(scans, key=lambda scan: scan[2], reverse=True)
    rows = query(file="track.sql", order="exact")
    assert rows == newest[:10], "The parcel has 14 scans, and another one has some too."


def test_scans_of_one_time_come_by_their_ids(database, query):
    """track.sql shows scans of one time by id, the greatest first, and all where there are few."""
    add_parcels(database, [PARCEL])
    assert query(file="track.sql") == [], "The parcel has no scans yet."
    scans = add_scans(database, PARCEL, [DAY] * 4 + [DAY + MINUTE] * 4)
    expected = sorted(scans, key=lambda scan: (scan[2], scan[0]), reverse=True)
    rows = query(file="track.sql", order="exact")
    assert rows == expected, "Here eight scans have only two different times."


def test_those_who_wait_longest_are_shown(database, query):
    """waiting.sql answers with the 20 parcels that wait longest, and with no others."""
    ids = some_ids(50)
    for status, moved in (("travelling", ids[:10]), ("delivered", ids[10:20])):
        add_parcels(database, moved, status=status, handed_in=DAY - 500_000 * MINUTE)
    waiting = add_parcels(database, ids[20:45], status="waiting")
    waiting += add_parcels(database, ids[45:], status="waiting", handed_in=DAY - MINUTE)
    expected = sorted(waiting, key=lambda parcel: (parcel[2], parcel[0]))[:20]
    rows = query(file="waiting.sql", order="exact")
    assert rows == expected, "Here 30 parcels wait, and five of them were handed in at one time."


@pytest.mark.points(2)
def test_the_day_begins_and_ends_at_midnight(database, query):
    """day.sql counts scans from the first moment of 1 March 2025 to its last."""
    add_parcels(database, [PARCEL])
    moment = timedelta(microseconds=1)
    inside = [DAY, DAY + moment, DAY + 720 * MINUTE, DAY + 1440 * MINUTE - moment]
    outside = [DAY - moment, DAY - 720 * MINUTE, DAY + 1440 * MINUTE, DAY + 1440 * MINUTE + moment]
    outside += [DAY.replace(year=2024), DAY.replace(month=4), DAY.replace(day=11)]
    for at in inside:
        add_scans(database, PARCEL, [at], place=f"In at {at}")
    for at in outside:
        add_scans(database, PARCEL, [at], place=f"Out at {at}")
    expected = sorted((f"In at {at}", 1) for at in inside)
    assert query(file="day.sql") == expected, "Four of these scans are of the day."


def test_the_scans_of_a_day_are_counted_by_place(database, query):
    """day.sql counts all scans of a place, whichever the parcel, and sorts by place."""
    parcels = some_ids(3)
    add_parcels(database, parcels)
    assert query(file="day.sql") == [], "Nothing was scanned yet."
    expected = []
    for place in random.sample(["Attic", "Barn", "Cellar", "Dock", "Ferry"], 5):
        counts = [random.randint(1, 3) for _ in parcels]
        for parcel, count in zip(parcels, counts, strict=True):
            times = [DAY + random.randrange(1440) * MINUTE for _ in range(count)]
            add_scans(database, parcel, times, place=place)
        expected.append((place, sum(counts)))
    database.execute("ANALYZE scans")
    rows = query(file="day.sql", order="exact")
    assert rows == sorted(expected), "Five places have scans on that day, of three parcels."


@pytest.mark.points(2)
def test_parcels_without_any_scan_are_lost(database, query):
    """lost.sql answers with the parcels that have no scan at all, by id, whatever their status."""
    ids = some_ids(13)
    parcels = add_parcels(database, ids[:12], status="waiting")
    parcels += add_parcels(database, ids[12:], status="delivered")
    parcels += add_parcels(database, [PARCEL], status="travelling")
    for number, parcel in enumerate(ids[:6]):
        add_scans(database, parcel, [DAY] * (1 + number % 3))
    database.execute("ANALYZE parcels, scans")
    expected = sorted(parcel for parcel in parcels if parcel[0] not in ids[:6])
    rows = query(file="lost.sql", order="exact")
    assert rows == expected, "Six parcels were scanned, once, twice or three times."
