"""A conference kept twice: in the database, and here to tell what to expect."""

import random
from datetime import datetime, timedelta

import pytest
from psycopg.sql import SQL, Literal

TABLES = """
CREATE TABLE rooms (
    id   integer PRIMARY KEY,
    name text NOT NULL
);
CREATE TABLE speakers (
    id   integer PRIMARY KEY,
    name text NOT NULL
);
CREATE TABLE talks (
    id        integer PRIMARY KEY,
    title     text NOT NULL,
    starts_at timestamp NOT NULL,
    room_id   integer REFERENCES rooms
);
CREATE TABLE talk_speakers (
    talk_id    integer NOT NULL REFERENCES talks,
    speaker_id integer NOT NULL REFERENCES speakers,
    PRIMARY KEY (talk_id, speaker_id)
);
CREATE TABLE ratings (
    id      integer PRIMARY KEY,
    talk_id integer NOT NULL REFERENCES talks,
    stars   integer NOT NULL CHECK (stars BETWEEN 1 AND 5)
);
"""
FIRST_NAMES = ("Ada", "Ben", "Chen", "Dora", "Emre", "Fatou", "Goran", "Hana", "Igor", "Jin")
SUBJECTS = ("Queues", "Caches", "Indexes", "Locks", "Logs", "Proxies", "Clocks", "Tests")
MORNING = datetime(2025, 5, 1, 9)


class Conference:
    """A conference without anything yet. Ids, names and times are drawn at random."""

    def __init__(self, database):
        self._database = database
        self._ids = iter(random.sample(range(1, 10_000), 2_000))
        self.rooms, self.speakers, self.talks = {}, {}, {}
        self._speakers_of = set()
        self._ratings = []

    def room(self, name=None):
        """Add a room and return its id."""
        return self._add(self.rooms, name or f"Room {random.randrange(1_000_000)}")

    def speaker(self, name=None):
        """Add a speaker and return the id."""
        name = name or f"{random.choice(FIRST_NAMES)} {random.randrange(1_000_000)}"
        return self._add(self.speakers, name)

    def talk(self, room=None, speakers=(), stars=(), starts_at=None):
        """Add a talk with ratings of so many `stars`, and return its id."""
        title = f"{random.choice(SUBJECTS)}, part {random.randrange(1_000_000)}"
        at = starts_at or MORNING + random.randrange(10_000) * timedelta(minutes=1)
        new = self._add(self.talks, (title, at, room))
        self._speakers_of |= {(new, speaker) for speaker in speakers}
        self._ratings += [(next(self._ids), new, given) for given in stars]
        return new

    def fill(self):
        """Add so much of everything that a query for each row shows."""
        rooms = [self.room() for _ in range(random.randint(5, 7))]
        speakers = [self.speaker() for _ in range(random.randint(8, 12))]
        for room in [*rooms, *rooms, None]:
            stars = random.choices(range(1, 6), k=random.randint(1, 4))
            self.talk(room, random.sample(speakers, random.randint(1, 3)), stars)
        for stars in ([1, 1, 2], [5]):  # their averages' average is not the room's
            self.talk(rooms[0], speakers[:2], stars)

    def save(self):
        """Write everything to the database, in statements that a learner can read and repeat."""
        self._database.execute(TABLES)
        flat = {
            "rooms": list(self.rooms.items()),
            "speakers": list(self.speakers.items()),
            "talks": [(number, *values) for number, values in self.talks.items()],
            "talk_speakers": sorted(self._speakers_of),
            "ratings": self._ratings,
        }
        for table, rows in flat.items():
            if rows:
                self._database.execute(_insert(table, rows))
        self._database.commit()

    def expected_talks(self):
        """Return what GET /talks must answer with."""
        return [
            {
                "id": number,
                "title": title,
                "starts_at": starts_at.isoformat(),
                "room": self.rooms.get(room),
                "speakers": sorted(
                    self.speakers[who] for talk, who in self._speakers_of if talk == number
                ),
            }
            for number, (title, starts_at, room) in self._by_time(self.talks)
        ]

    def expected_speakers(self):
        """Return what GET /speakers must answer with."""
        return [
            {"id": number, "name": name, "talks": self._talks_of(number)}
            for number, name in sorted(self.speakers.items(), key=lambda one: (one[1], one[0]))
        ]

    def expected_rooms(self):
        """Return what GET /rooms must answer with."""
        rooms = sorted(self.rooms.items(), key=lambda one: (one[1], one[0]))
        return [self._room_in_numbers(number, name) for number, name in rooms]

    def expected_plan(self, wanted):
        """Return what GET /plan must answer with to these ids."""
        planned = [(one, *self.talks[one]) for one in wanted if one in self.talks]
        return {
            "talks": [
                {"id": one, "title": title, "room": self.rooms.get(room)}
                for one, title, _, room in planned
            ],
            "missing": [one for one in wanted if one not in self.talks],
        }

    def _add(self, kept, value):
        new = next(self._ids)
        kept[new] = value
        return new

    def _by_time(self, talks):
        return sorted(talks.items(), key=lambda one: (one[1][1], one[0]))

    def _talks_of(self, speaker):
        given = {talk for talk, who in self._speakers_of if who == speaker}
        talks = self._by_time({number: self.talks[number] for number in given})
        return [{"title": title, "room": self.rooms.get(room)} for _, (title, _, room) in talks]

    def _room_in_numbers(self, number, name):
        talks = [talk for talk, (_, _, room) in self.talks.items() if room == number]
        stars = [given for _, talk, given in self._ratings if talk in talks]
        average = pytest.approx(sum(stars) / len(stars), abs=0.006) if stars else None
        return {"name": name, "talks": len(talks), "ratings": len(stars), "average": average}


def read(response):
    """Return the JSON of an answer that must be 200."""
    path, status = response.request.url.path, response.status_code
    assert status == 200, f"GET {path} must answer 200, but answered {status}."
    return response.json()


def _insert(table, rows):
    tuples = (SQL("({})").format(SQL(", ").join(map(Literal, row))) for row in rows)
    return SQL("INSERT INTO {} VALUES {}").format(SQL(table), SQL(", ").join(tuples))
