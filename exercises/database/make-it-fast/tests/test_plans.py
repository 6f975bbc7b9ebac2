"""How PostgreSQL would run the queries on full tables."""

import pytest
from depot import fill, found_by, kinds


@pytest.mark.visible
@pytest.mark.points(2)
def test_a_parcel_is_tracked_by_an_index(database, plan, source):
    """track.sql finds a parcel's scans by an index, in the order that is wanted."""
    fill(database)
    found = plan(source("track.sql"))
    assert "Seq Scan" not in found.scans("scans"), "PostgreSQL must not read all scans."
    assert found_by(found, "parcel_id"), "An index must find the scans by their parcel."
    assert "Sort" not in kinds(found), "The index must give the scans in the order of the query."
    assert found.cost <= 60, f"The plan's cost is {found.cost}, and 60 is allowed."


@pytest.mark.points(2)
def test_waiting_parcels_are_found_by_an_index(database, plan, source):
    """waiting.sql finds the parcels by an index, in the order that is wanted."""
    fill(database, parcels=20_000, scans=False)
    found = plan(source("waiting.sql"))
    assert "Seq Scan" not in found.scans("parcels"), "PostgreSQL must not read all parcels."
    assert "Sort" not in kinds(found), "The index must give the parcels in the order of the query."
    assert found.cost <= 100, f"The plan's cost is {found.cost}, and 100 is allowed."


@pytest.mark.points(2)
def test_a_days_scans_are_found_by_an_index(database, plan, source):
    """day.sql finds the scans of the day by an index."""
    fill(database)
    found = plan(source("day.sql"))
    assert "Seq Scan" not in found.scans("scans"), "PostgreSQL must not read all scans."
    assert found_by(found, "scanned_at"), "An index must find the scans by their time."
    assert found.cost <= 250, f"The plan's cost is {found.cost}, and 250 is allowed."


@pytest.mark.points(2)
def test_lost_parcels_are_found_at_once(database, plan, source):
    """lost.sql does not count the scans of each parcel."""
    fill(database)
    found = plan(source("lost.sql"))
    assert found.cost <= 2000, f"The plan's cost is {found.cost}, and 2000 is allowed."
