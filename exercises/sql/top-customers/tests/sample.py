"""What learners may try their query on."""

import pytest
from shop import TABLES


@pytest.fixture
def sample(database):
    """The shop of the statement's example."""
    database.execute(TABLES)
    database.execute(
        "INSERT INTO customers VALUES (1, 'Ada'), (2, 'Ben'), (3, 'Chen'), (4, 'Dora'), (5, 'Ben')"
    )
    database.execute(
        "INSERT INTO orders VALUES (11, 1, 'paid'), (12, 1, 'paid'), (13, 2, 'paid'),"
        " (14, 3, 'open'), (15, 3, 'paid'), (16, 5, 'cancelled')"
    )
    database.execute(
        "INSERT INTO order_lines VALUES (11, 1, 2, 7.50), (11, 2, 1, 5.00), (12, 1, 1, 10.00),"
        " (13, 1, 3, 10.00), (14, 1, 1, 99.00), (15, 1, 5, 2.50), (16, 1, 1, 500.00)"
    )
    database.commit()
