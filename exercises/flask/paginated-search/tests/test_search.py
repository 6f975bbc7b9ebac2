"""`q`: which records are found, and what it never does."""

import pytest
from shop import Shop, found, search


@pytest.fixture
def shop(database):
    return Shop(database)


@pytest.mark.visible
def test_a_record_is_found_by_artist_and_by_title(shop, client):
    """A search finds the records with the text in the artist's name or in the title."""
    shop.add(id=1, artist="Nina Simone", title="Little Girl Blue", year=1959, price=1800)
    shop.add(id=2, artist="Joni Mitchell", title="Blue", year=1971, price=1450)
    shop.add(id=3, artist="The Blue Nile", title="Hats", year=1989, price=2200)
    shop.add(id=4, artist="Joni Mitchell", title="Hejira", year=1976, price=1300)
    response = client.get("/records", params={"q": "Blue"})
    assert response.status_code == 200, "GET /records?q=Blue must answer 200."
    page = response.json()
    assert page["items"] == shop.records[:3], "Here three records have `Blue`, sorted by id."
    assert page["total"] == 3, "`total` must be the number of records that the search finds."


def test_without_a_text_all_records_are_found(shop, client):
    """A search without `q`, or with an empty one, finds every record."""
    records = shop.fill(7)
    for params in ({}, {"q": ""}):
        page = search(client, **params)
        assert page["items"] == records, f"With {params} all records must be listed."
        assert page["total"] == 7, f"With {params} all 7 records are found."


def test_case_makes_no_difference(shop, client):
    """Upper and lower case make no difference, in the search and in the records."""
    titles = shop.titled("MIRROR", "mirror", "Mirror").values()
    artists = [shop.add(artist=artist, title="X")["id"] for artist in ("LANTERN", "lantern")]
    for q in ("mIrRoR", "MIRROR"):
        assert found(client, q=q) == sorted(titles), f"Three titles are {q!r} in some case."
    for q in ("LanTerN", "lantern"):
        assert found(client, q=q) == sorted(artists), f"Two artists are {q!r} in some case."


def test_the_text_may_stand_anywhere(shop, client):
    """The text may stand at the beginning, in the middle and at the end of a word."""
    ids = shop.titled("Songs", "Unsongful", "Birdsong", "Son")
    everything = sorted(ids.values())
    assert found(client, q="son") == everything, "All four titles have `son`."
    everything.remove(ids["Son"])
    assert found(client, q="song") == everything, "Three titles have `song`."


def test_spaces_are_characters_like_others(shop, client):
    """Spaces in `q` count, at its beginning and its end, too."""
    apart, together = shop.titled("Blue Bird", "Bluebird").values()
    assert found(client, q="blue ") == [apart], "Only one title has `blue` and a space after it."
    assert found(client, q=" bird") == [apart], "Only one title has a space and then `bird`."
    assert found(client, q=" ") == [apart], "Only one title has a space."
    assert found(client, q="ebird") == [together], "Only one title has `ebird`."


@pytest.mark.points(3)
def test_signs_of_patterns_are_characters_like_others(shop, client):
    r"""The signs %, _ and \ in `q` mean themselves."""
    titles = ("100% Pure", "100 Pure", "Snake_Case", "Snakes Case", "AC\\DC", "AC%DC", "AC_DC")
    ids = shop.titled(*titles)
    for q in ("100%", "snake_", "c\\d", "c%d", "E_C"):
        wanted = [ids[title] for title in titles if q.lower() in title.lower()]
        assert found(client, q=q) == wanted, f"One title has {q!r} in it."
    for q in ("%", "_", "\\"):
        wanted = sorted(ids[title] for title in titles if q in title)
        assert found(client, q=q) == wanted, f"Only those with {q!r} may be found, and all of them."


def test_signs_of_patterns_may_come_together(shop, client):
    r"""Several of %, _ and \ in a row mean themselves, too."""
    titles = ("Half\\%", "Half%", "Half\\_", "Half__", "Half\\\\", "Half\\", "Half%%", "Half/%")
    ids = shop.titled(*titles)
    for q in ("\\%", "\\_", "__", "\\\\", "%%", "/%", "half\\", "%_"):
        wanted = sorted(ids[title] for title in titles if q in title.lower())
        assert found(client, q=q) == wanted, f"Only those with {q!r} in the title may be found."


@pytest.mark.points(3)
def test_a_search_is_never_run_as_sql(shop, client):
    """Quotes and SQL in `q` are searched for, and do nothing else."""
    shop.fill(3)
    wanted = shop.add(artist="O'Brien", title="Say \"Ah\"; -- a song")["id"]
    for q in ("o'b", '"ah"', "; --"):
        assert wanted in found(client, q=q), f"One record has {q!r} in it."
    for q in (
        "' OR '1'='1",
        "') OR ('1'='1",
        "%' OR 1=1 --",
        "x'; DROP TABLE records; --",
        "' UNION SELECT 1, 'a', 'b', 2, 3 --",
        "\\' OR 1=1 --",
    ):
        assert found(client, q=q) == [], f"No record has {q!r} in it."
    assert search(client)["total"] == 4, "All four records must still be there."


def test_signs_of_placeholders_are_characters_like_others(shop, client):
    """What stands for a parameter elsewhere means itself in `q`."""
    texts = ("%s", "%(q)s", ":q", "{q}", "?", "$1")
    ids = shop.titled("q", *texts)
    for q in texts:
        wanted = sorted(ids[text] for text in ids if q in text)
        assert found(client, q=q) == wanted, f"Only those with {q!r} in the title may be found."


def test_new_records_are_found_at_once(shop, client):
    """A record that came in after the last request is found by the next one."""
    first = shop.add(id=1)
    assert search(client)["items"] == [first], "There is one record."
    second = shop.add(id=2)
    assert search(client)["items"] == [first, second], "Now there are two records."
