import pytest
from leap import is_leap


@pytest.mark.parametrize(
    ("year", "leap"), [(2023, False), (2024, True), (1900, False), (2000, True)]
)
def test_a_year(year, leap):
    assert is_leap(year) is leap
