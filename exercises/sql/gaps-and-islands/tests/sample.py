"""What learners may try their query on."""

import pytest
from baths import TABLES


@pytest.fixture
def sample(database):
    """The baths of the statement's example."""
    database.execute(TABLES)
    database.execute("INSERT INTO swimmers VALUES (1, 'Ada'), (2, 'Ben'), (3, 'Chen')")
    database.execute(
        "INSERT INTO visits VALUES"
        " (11, 1, '2024-05-30 07:30'), (12, 1, '2024-05-31 07:30'), (13, 2, '2024-05-31 18:00'),"
        " (14, 1, '2024-06-01 07:30'), (15, 1, '2024-06-01 19:00'), (16, 2, '2024-06-01 18:00'),"
        " (17, 3, '2024-06-02 12:00'), (18, 2, '2024-06-05 18:00'), (19, 2, '2024-06-06 18:00'),"
        " (20, 2, '2024-06-07 18:00'), (21, 2, '2024-06-08 18:00')"
    )
    database.commit()
