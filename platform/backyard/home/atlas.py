"""Draws tracks as a map: lanes of exercises from left to right, what comes before on the left of
what comes after. Pure: it takes cards and gives places and lines, in units of a hundredth cell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from backyard.catalog.services import Card, Track, by_track

MOST: Final = 60
"""Exercises of a map that can still be read; of a larger catalogue it shows some tracks."""

COLUMNS: Final = 8
"""The style sheet's; what is even deeper stands in the last one."""

CELL: Final = 100
GUTTER: Final = 10
"""Of a cell's width, on each side: lines bend there."""


@dataclass(frozen=True, slots=True)
class Place:
    """An exercise on the map. `column` counts from 1, `row` from 0 over all lanes; `before` is what
    comes before it."""

    card: Card
    column: int
    row: int
    before: tuple[Card, ...]


@dataclass(frozen=True, slots=True)
class Lane:
    """A track on the map."""

    track: Track
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line from what comes before to what comes after. `path` is SVG's; `is_passed`: the learner
    has passed where it begins."""

    path: str
    is_passed: bool


@dataclass(frozen=True, slots=True)
class Atlas:
    """The whole map. `others` are the tracks that there was no room for."""

    lanes: tuple[Lane, ...]
    lines: tuple[Line, ...]
    columns: int
    rows: int
    others: tuple[Track, ...] = ()

    @property
    def view_box(self) -> str:
        """Of the SVG that is stretched over the cells."""
        return f"0 0 {self.columns * CELL} {self.rows * CELL}"


def draw(cards: Iterable[Card], first: Sequence[str] = ()) -> Atlas:
    """Draw the tracks of `cards`, those named in `first` before the others while there is room."""
    by_id = {card.id: card for card in cards}
    shown, others = _chosen(by_track(by_id.values()), first)
    seen = {card.id: card for track in shown for card in track.cards}
    before = {name: _before(card, seen) for name, card in seen.items()}
    lanes, rows = [], 0
    for track in _side_by_side(shown, before):
        places = _placed(track, before, rows)
        rows = places[-1].row + 1
        lanes.append(Lane(track, places))
    placed = [place for lane in lanes for place in lane.places]
    columns = max((place.column for place in placed), default=1)
    return Atlas(tuple(lanes), tuple(_lines(placed)), columns, rows, tuple(others))


def _chosen(tracks: Sequence[Track], first: Sequence[str]) -> tuple[list[Track], list[Track]]:
    wanted = sorted(tracks, key=lambda t: first.index(t.slug) if t.slug in first else len(first))
    shown: list[Track] = []
    for track in wanted:
        if not shown or sum(len(t.cards) for t in (*shown, track)) <= MOST:
            shown.append(track)
    return [t for t in tracks if t in shown], [t for t in tracks if t not in shown]


def _before(card: Card, seen: Mapping[str, Card]) -> tuple[Card, ...]:
    return tuple(seen[name] for name in card.exercise.after if name in seen)


Before = Mapping[str, Sequence[Card]]


def _side_by_side(tracks: Sequence[Track], before: Before) -> Iterator[Track]:
    """Tracks in an order in which lines stay short: each next to those that it has most to do
    with."""
    left = {track.slug: track for track in tracks}
    done: list[str] = []
    ties = [
        {card.exercise.track, other.exercise.track}
        for track in tracks
        for card in track.cards
        for other in before[card.id]
        if other.exercise.track != track.slug
    ]

    def closeness(slug: str) -> tuple[int, int, int]:
        near = [done.index(other) for tie in ties if slug in tie for other in tie if other in done]
        return len(near), max(near, default=-1), sum(slug in tie for tie in ties)

    while left:
        slug = max(left, key=closeness)
        done.append(slug)
        yield left.pop(slug)


def _placed(track: Track, before: Before, top: int) -> tuple[Place, ...]:
    """The places of a lane, row by row: a new row begins where an exercise does not stand to the
    right of the one before it, as in a grid that the browser fills by itself."""
    places: list[Place] = []
    depths = _depths(before)
    for card in _along_the_lane(track, before):
        column = min(COLUMNS, depths[card.id])
        if places:
            top = places[-1].row + (column <= places[-1].column)
        places.append(Place(card, column, top, tuple(before[card.id])))
    return tuple(places)


def _along_the_lane(track: Track, before: Before) -> list[Card]:
    """A track's exercises, each followed by those of the track that come after it."""
    ordered: dict[str, Card] = {}

    def visit(card: Card) -> None:
        if card.id not in ordered:
            ordered[card.id] = card
            for after in track.cards:
                if card in before[after.id]:
                    visit(after)

    own = {card.id for card in track.cards}
    roots = [c for c in track.cards if not any(b.id in own for b in before[c.id])]
    depths = _depths(before)
    for card in (*sorted(roots, key=lambda c: depths[c.id]), *track.cards):
        visit(card)
    return list(ordered.values())


def _depths(before: Before) -> Mapping[str, int]:
    """How many exercises, at most, are on the way to each, itself included. The catalogue may hold
    a circle for a while, where one exercise of two that changed could not be published: there what
    is being looked at does not count again."""
    depths: dict[str, int] = {}

    def depth(name: str) -> int:
        if name not in depths:
            depths[name] = 0
            depths[name] = 1 + max((depth(b.id) for b in before[name]), default=0)
        return depths[name]

    for name in before:
        depth(name)
    return depths


def _lines(places: Sequence[Place]) -> Iterator[Line]:
    where = {place.card.id: place for place in places}
    for place in places:
        for card in place.before:
            if where[card.id].column < place.column:
                yield Line(_path(where[card.id], place), card.is_passed)


def _path(start: Place, end: Place) -> str:
    """From the middle of one cell to the middle of another; it bends just right of the first."""
    x0, y0 = (start.column - 1) * CELL + CELL // 2, start.row * CELL + CELL // 2
    x1, y1 = (end.column - 1) * CELL + CELL // 2, end.row * CELL + CELL // 2
    bend = start.column * CELL
    return f"M{x0} {y0}H{bend - GUTTER}C{bend} {y0} {bend} {y1} {bend + GUTTER} {y1}H{x1}"
