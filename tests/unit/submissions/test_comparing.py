"""Two submissions compared: what changed, and texts that want to blow it up."""

from __future__ import annotations

import difflib
import random
import re
from itertools import pairwise

import pytest

from backyard.submissions import lines
from backyard.submissions.comparing import SHOWN, WIDEST, Row, change, changes
from backyard.submissions.lines import MOST_EDITS, MOST_LINES, compare_lines
from backyard.submissions.models import Submission
from tests.unit.submissions.conftest import FILES, Site

HOSTILE = "</code><script>alert(1)</script>"


def told(rows: list[Row] | tuple[Row, ...]) -> str:
    """The rows as people see them: `=a`, `-a`, `+a`, `…`."""
    said = []
    for row in rows:
        if row.is_gap:
            said.append("…")
        elif row.is_same and row.new:
            said.append(f"={row.new.text}")
        else:
            said += [f"-{row.old.text}"] if row.old else []
            said += [f"+{row.new.text}"] if row.new else []
    return " ".join(said)


def test_lines_that_changed_stand_beside_one_another() -> None:
    found = change("a.py", "a\nb\nc\n", "a\nB\nc\nd\n")
    assert told(list(found.rows)) == "=a -b +B =c +d"
    assert (found.removed, found.added, found.is_exact) == (1, 2, True)


def test_an_empty_file_is_added_or_removed_too() -> None:
    found = changes({"a.py": "", "gone.py": ""}, {"a.py": "", "new.py": ""})
    assert [(file.name, file.empty) for file in found] == [
        ("a.py", ""),
        ("new.py", "added, empty"),
        ("gone.py", "removed, empty"),
    ]


def test_an_empty_file_that_came_is_not_called_unchanged(site: Site) -> None:
    ids = [site.hand_in(), site.hand_in()]
    with site.sessions.begin() as session:
        row = session.get_one(Submission, ids[1])
        row.files = row.files | {"b.py": ""}
    html = site.client("owner").get(f"/submissions/compare?id={ids[0]}&id={ids[1]}").text
    assert re.findall(r'diff-count">([^<]+)<', html) == ["unchanged"] * len(FILES) + [
        "added, empty"
    ]


def test_lines_far_from_a_change_are_left_out() -> None:
    old = [str(number) for number in range(20)]
    found = change("a.py", "\n".join(old), "\n".join([*old[:10], "new", *old[10:]]))
    assert told(list(found.rows)) == "… =7 =8 =9 +new =10 =11 =12 …"


def test_files_that_are_the_same_come_and_go_are_told() -> None:
    same, new, gone = changes({"a": "1", "c": "3"}, {"a": "1", "b": "2"})
    assert (same.name, same.is_same, list(same.rows)) == ("a", True, [])
    assert (new.name, new.removed, new.added) == ("b", 0, 1)
    assert (gone.name, gone.removed, gone.added) == ("c", 1, 0)


@pytest.mark.parametrize("seed", range(60))
def test_every_line_is_there_once_in_order_and_no_way_is_shorter(seed: int) -> None:
    chance = random.Random(seed)
    old, new = ([chance.choice("abcd") for _ in range(chance.randrange(25))] for _ in range(2))
    edits = compare_lines(old, new).edits
    assert [a for a, _ in edits if a is not None] == list(range(len(old)))
    assert [b for _, b in edits if b is not None] == list(range(len(new)))
    same = [(a, b) for a, b in edits if a is not None and b is not None]
    assert all(old[a] == new[b] for a, b in same)
    assert all(before < after for before, after in pairwise(same))
    blocks = difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    assert len(same) >= sum(block.size for block in blocks)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("x\n" * 200_000, "y\n" * 200_000),
        ("a\nb\n" * 2_400, "b\na\n" * 2_400 + "c"),
        ("".join(f"{n}\n" for n in range(4_900)), "".join(f"{-n}\n" for n in range(4_900))),
        ("\n" * 250_000, "x"),
        ("x" * 250_000, "x" * 250_000 + "y"),
    ],
)
def test_hostile_texts_take_few_steps_and_little_room(
    monkeypatch: pytest.MonkeyPatch, old: str, new: str
) -> None:
    steps = 0
    counted = lines._step

    def step(furthest: dict[int, int], diagonal: int, edits: int) -> int:
        nonlocal steps
        steps += 1
        return counted(furthest, diagonal, edits)

    monkeypatch.setattr(lines, "_step", step)
    found = change("a.py", old, new)
    assert steps <= (MOST_EDITS + 1) * (MOST_EDITS + 2) / 2
    assert len(found.rows) <= SHOWN
    assert all(
        len(side.text) < WIDEST + 60 for row in found.rows for side in (row.old, row.new) if side
    )


def test_what_is_too_different_says_so_and_loses_nothing() -> None:
    old, new = ([f"{side}{n}" for n in range(MOST_LINES + 1)] for side in "ab")
    found = compare_lines(["head", *old, "tail"], ["head", *new, "tail"])
    assert not found.is_exact
    assert found.edits[0] == (0, 0)
    assert len(found.edits) == 2 + 2 * (MOST_LINES + 1)


def two(site: Site) -> list[str]:
    """Two submissions of the owner's, the second with a hostile line."""
    ids = [site.hand_in(), site.hand_in()]
    with site.sessions.begin() as session:
        row = session.get_one(type(site.stored()[0]), ids[1])
        row.files = row.files | {"app.py": HOSTILE}
    return ids


def test_two_submissions_are_compared_by_sign_and_word_whatever_their_order(site: Site) -> None:
    old, new = two(site)
    for path in (f"?id={old}&id={new}", f"?id={new}&id={old}"):
        html = site.client("owner").get(f"/submissions/compare{path}").text
        assert HOSTILE not in html
        assert 'diff-added"><span class="diff-number" aria-hidden="true">1</span>' in html
        removed, added = html.index("removed: </span>"), html.index("added: </span>")
        assert removed < added
        assert f"from={old}" in html


def test_a_teacher_may_compare_and_strangers_may_not(site: Site) -> None:
    old, new = two(site)
    path = f"/submissions/compare?id={old}&id={new}"
    assert site.client("instructor").get(path).status_code == 200
    assert "Open in the editor" not in site.client("instructor").get(path).text
    for who in ("stranger", "other-instructor"):
        assert site.client(who).get(path).status_code == 404


def test_submissions_of_two_learners_are_not_compared(site: Site) -> None:
    mine, theirs = site.hand_in("owner"), site.hand_in("stranger")
    for who in ("owner", "stranger", "admin"):
        answer = site.client(who).get(f"/submissions/compare?id={mine}&id={theirs}")
        assert answer.status_code == 404


@pytest.mark.parametrize("count", [0, 1, 3])
def test_one_is_told_to_choose_two(site: Site, count: int) -> None:
    chosen = "&".join(f"id={site.hand_in()}" for _ in range(count))
    answer = site.client("owner").get(f"/submissions/compare?{chosen}", follow_redirects=True)
    assert "Choose two submissions to compare." in answer.text


def test_a_history_of_one_exercise_offers_to_compare(site: Site) -> None:
    ids = two(site)
    client = site.client("owner")
    html = client.get("/submissions?exercise=flask/books-crud").text
    assert all(f'value="{one}"' in html for one in ids)
    assert "Mark two to see" in html
    assert "Mark two to see" not in client.get("/submissions").text
    other = client.get("/submissions?exercise=no/such").text
    assert "You have handed in nothing to this exercise yet." in other


def test_pages_of_one_exercises_history_stay_with_it(site: Site) -> None:
    for _ in range(26):
        site.hand_in()
    html = site.client("owner").get("/submissions?exercise=flask/books-crud").text
    assert "exercise=flask/books-crud" in html.split('rel="next"')[1].partition(">")[0]


def test_an_earlier_submission_is_opened_in_the_editor(site: Site) -> None:
    old, _ = two(site)
    client = site.client("owner")
    page = f"/exercises/flask/books-crud?from={old}"
    html = client.get(page).text
    assert "print(&#39;hello&#39;)" in html
    assert "data-asked" in html
    assert site.client("stranger").get(page).status_code == 404
    assert client.get("/exercises/flask/books-crud?from=nonsense").status_code == 404
    assert "data-asked" not in client.get("/exercises/flask/books-crud").text
