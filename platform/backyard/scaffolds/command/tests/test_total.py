"""Each test asks for one thing, arranges all that it needs, and says in its first line what it asks for."""

import random

import pytest


def total(run, *lines):
    """Run the learner's command on `lines`."""
    return run("python", "total.py", stdin="".join(f"{line}\n" for line in lines), warm=True)


@pytest.mark.visible  # Learners see this test and may run it. Decide: which ones help to begin?
def test_numbers_are_added_up(run):
    """The numbers 1 and 2 make 3."""
    done = total(run, 1, 2)
    assert done.stdout.strip() == "3", "The sum must be written to standard output."
    assert done.exit_code == 0, "The exit code must be 0."


def test_many_numbers_are_added_up(run):
    """Any numbers are added up, negative ones too, and none make 0."""
    numbers = [random.randint(-1000, 1000) for _ in range(50)]
    assert total(run, *numbers).stdout.strip() == str(sum(numbers))
    assert total(run).stdout.strip() == "0", "No lines at all have the sum 0."


@pytest.mark.points(2)  # Decide: what is it worth? One point without the mark.
def test_lines_that_are_no_numbers_are_counted(run):
    """Lines that are no numbers are left out, and their count is on standard error."""
    done = total(run, 1, "two", 3, "", 4.5)
    assert done.stdout.strip() == "4", "The numbers are 1 and 3."
    assert "3" in done.stderr, "Three lines were left out; standard error must say so."
    assert done.exit_code == 1, "The exit code must be 1 when lines were left out."
