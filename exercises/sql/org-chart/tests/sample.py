"""What learners may try their query on."""

import pytest
from company import TABLES


@pytest.fixture
def sample(database):
    """The company of the statement's example."""
    database.execute(TABLES)
    database.execute(
        "INSERT INTO employees VALUES (1, 'Zoe', NULL), (2, 'Omar', 1), (3, 'Ines', 1),"
        " (4, 'Luis', 3), (5, 'Ada', 2), (6, 'Ben', NULL), (7, 'Ravi', 8), (8, 'Hana', 7)"
    )
    database.commit()
