from leap import is_leap


def test_centuries():
    assert is_leap(2024)
    assert not is_leap(1900)
    assert not is_leap(2000)
