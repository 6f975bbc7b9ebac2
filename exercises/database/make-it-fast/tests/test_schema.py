"""The tables are as they were, and have no more indexes than they need."""

import pytest
from depot import DAY, PARCEL, add_parcels, add_scans, fill, refused

COLUMNS = {
    "parcels": {
        "id": "INTEGER",
        "recipient": "TEXT",
        "status": "TEXT",
        "handed_in": "TIMESTAMP",
    },
    "scans": {"id": "INTEGER", "parcel_id": "INTEGER", "place": "TEXT", "scanned_at": "TIMESTAMP"},
}
INDEXES = """
SELECT indexrelid::regclass::text, pg_relation_size(indexrelid) FROM pg_index
WHERE indrelid = %s::regclass AND NOT indisprimary
"""


def test_the_tables_are_as_they_were(schema):
    """The tables have the same columns, types and primary keys as before, and no others beside."""
    tables = {*schema.get_table_names(), *schema.get_materialized_view_names()}
    assert tables == set(COLUMNS), "There must be the tables parcels and scans, and no others."
    for table, wanted in COLUMNS.items():
        columns = schema.get_columns(table)
        made = {column["name"]: str(column["type"]) for column in columns}
        assert made == wanted, f"The columns of {table} must be as they were."
        nullable = [column["name"] for column in columns if column["nullable"]]
        assert nullable == [], f"Every column of {table} is required."
        key = schema.get_pk_constraint(table)["constrained_columns"]
        assert key == ["id"], f"The primary key of {table} must be `id`."


def test_the_tables_refuse_what_they_refused(database):
    """A parcel of an unknown status and a scan of an unknown parcel are refused as before."""
    add_parcels(database, [PARCEL])
    add_scans(database, PARCEL, [DAY])
    with refused(database, "a parcel of the status `burnt`"):
        add_parcels(database, [PARCEL + 1], status="burnt")
    with refused(database, "a scan of a parcel that does not exist"):
        add_scans(database, PARCEL + 2, [DAY])


@pytest.mark.visible
def test_scans_have_two_more_indexes_at_most(database):
    """`scans` has at most two indexes beside its primary key."""
    made = [name for name, _ in database.execute(INDEXES, ["scans"])]
    assert len(made) <= 2, f"{', '.join(made)}: each index makes each new scan slower."


@pytest.mark.points(2)
def test_the_indexes_of_parcels_are_small(database):
    """The indexes of `parcels` beside its primary key take 64 KiB at most, for 20,000 parcels."""
    fill(database, parcels=20_000, scans=False)
    sizes = dict(database.execute(INDEXES, ["parcels"]).fetchall())
    told = ", ".join(f"{name} {size // 1024} KiB" for name, size in sizes.items())
    assert sum(sizes.values()) <= 64 * 1024, f"One parcel in 100 is waiting, but: {told}."
