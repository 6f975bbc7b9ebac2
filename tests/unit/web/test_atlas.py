"""The map of tracks: what comes before stands to the left, and lines lead from it."""

from __future__ import annotations

from backyard.catalog.services import Card, Standing
from backyard.home.atlas import COLUMNS, MOST, Atlas, draw
from tests.unit.web.cards import card


def cells(atlas: Atlas) -> dict[str, tuple[int, int]]:
    """Column and row by exercise."""
    places = [place for lane in atlas.lanes for place in lane.places]
    return {place.card.id: (place.column, place.row) for place in places}


def chain(*names: str) -> list[Card]:
    """Exercises that come one after the other."""
    before = [[], *([name] for name in names)]
    return [card(name, after=list(after)) for name, after in zip(names, before, strict=False)]


def test_what_comes_after_stands_to_the_right_in_the_same_row() -> None:
    atlas = draw(chain("sql/a", "sql/b", "sql/c"))
    assert cells(atlas) == {"sql/a": (1, 0), "sql/b": (2, 0), "sql/c": (3, 0)}
    assert (atlas.columns, atlas.rows, len(atlas.lines)) == (3, 1, 2)
    assert atlas.view_box == "0 0 300 100"


def test_each_place_is_taken_once_and_rows_belong_to_one_track() -> None:
    cards = [
        *chain("flask/a", "flask/b"),
        card("flask/c", after=["flask/a"]),
        card("flask/d"),
        *chain("sql/a", "sql/b"),
    ]
    atlas = draw(cards)
    places = cells(atlas)
    assert len(set(places.values())) == len(cards)
    rows = {name.split("/")[0]: set[int]() for name in places}
    for name, (_, row) in places.items():
        rows[name.split("/")[0]].add(row)
    assert not rows["flask"] & rows["sql"]
    assert set().union(*rows.values()) == set(range(atlas.rows))


def test_the_browser_fills_the_grid_as_the_lines_expect() -> None:
    """A grid goes to a new row where an item's column is not to the right of the last one's."""
    cards = [card("a/a"), card("a/b", after=["a/a"]), card("a/c", after=["a/a"]), card("a/d")]
    [lane] = draw(cards).lanes
    row, last = 0, 0
    for place in lane.places:
        row += place.column <= last
        last = place.column
        assert place.row == row


def test_a_line_leads_from_track_to_track_and_says_whether_its_beginning_is_passed() -> None:
    cards = [card("flask/a", Standing.PASSED), card("sql/b", after=["flask/a"]), card("sql/c")]
    [line] = draw(cards).lines
    assert line.is_passed
    assert line.path.startswith("M50 50H90C100 50")


def test_tracks_that_belong_together_stand_side_by_side() -> None:
    cards = [card("a/a"), card("b/b"), card("c/c", after=["a/a"])]
    assert [lane.track.slug for lane in draw(cards).lanes] == ["a", "c", "b"]


def test_a_circle_and_what_is_not_there_stop_nothing() -> None:
    cards = [card("a/a", after=["a/b"]), card("a/b", after=["a/a"]), card("a/c", after=["a/gone"])]
    assert len(cells(draw(cards))) == 3


def test_what_is_very_deep_stands_in_the_last_column() -> None:
    atlas = draw(chain(*(f"a/{letter}" for letter in "abcdefghijkl")))
    assert atlas.columns == COLUMNS
    assert len(set(cells(atlas).values())) == 12


def test_of_a_large_catalogue_those_tracks_are_drawn_that_matter_now() -> None:
    cards = [card(f"{track}/e{n}") for track in ("a", "b", "c") for n in range(MOST // 2)]
    atlas = draw(cards, ["c"])
    assert [lane.track.slug for lane in atlas.lanes] == ["a", "c"]
    assert [track.slug for track in atlas.others] == ["b"]
    assert draw([]).lanes == ()
