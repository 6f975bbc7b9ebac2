"""`page` and `per_page`: how a search is cut into pages, and how they lead to each other."""

import random
from urllib.parse import parse_qs, urlsplit

import pytest
from shop import Shop, follow, found, search, wrong_parameters


@pytest.fixture
def shop(database):
    return Shop(database)


@pytest.mark.visible
def test_a_page_has_ten_records(shop, client):
    """Without `page` and `per_page` the first ten records are shown, and counted."""
    records = shop.fill(23)
    page = client.get("/records").json()
    assert page["items"] == records[:10], "The first page has the first ten records by id."
    numbers = [page[name] for name in ("page", "per_page", "pages", "total")]
    assert numbers == [1, 10, 3, 23], "23 records are three pages of ten, and this is the first."
    assert page["links"]["prev"] is None, "Nothing comes before the first page."
    following = client.get(page["links"]["next"]).json()
    assert following["items"] == records[10:20], "`next` must lead to the next ten records."


@pytest.mark.points(2)
def test_next_and_prev_lead_through_all_pages(shop, client):
    """`next` leads from the first page to the last, and `prev` back, past each record once."""
    per_page = random.randint(3, 5)
    records = shop.fill(4 * per_page + random.randint(1, 2))
    page, pages = search(client, per_page=per_page), []
    while True:
        pages.append(page)
        assert len(pages) <= 5, "There are five pages, but `next` leads on and on."
        if page["links"]["next"] is None:
            break
        page = follow(client, page["links"]["next"])
    assert [record for page in pages for record in page["items"]] == records, "Five pages have all."
    assert [page["page"] for page in pages] == [1, 2, 3, 4, 5], "`page` must be the page's number."
    assert {page["pages"] for page in pages} == {5}, "`pages` must be the same on each page."
    for before in reversed(pages[:-1]):
        page = follow(client, page["links"]["prev"])
        assert page == before, "`prev` must lead to the page that `next` came from."
    assert page["links"]["prev"] is None, "`prev` must be null on the first page."


def test_first_and_last_lead_to_the_ends(shop, client):
    """`first` and `last` lead to the first and the last page from everywhere."""
    shop.fill(7)
    first, last = (search(client, page=number, per_page=2) for number in (1, 4))
    for number in (1, 3, 4):
        links = search(client, page=number, per_page=2)["links"]
        assert follow(client, links["first"]) == first, f"`first` on page {number} must lead to 1."
        assert follow(client, links["last"]) == last, f"`last` on page {number} must lead to 4."


@pytest.mark.points(2)
def test_links_keep_the_search(shop, client):
    """The links keep `q`, `sort` and `per_page`, whatever signs are in the text."""
    text = f"R&B #{random.randrange(100)}: 50%25 + é = page?"
    shop.fill(4)
    five = shop.add_all([{"title": f"The {text}, part {number}"} for number in range(5)])
    wanted = sorted(five, key=lambda record: (-record["price"], record["id"]))
    page = search(client, q=text, sort="-price", per_page=2)
    for cut in (wanted[:2], wanted[2:4], wanted[4:]):
        assert page["items"] == cut, "All records must be found, the dearest first, two to a page."
        assert page["total"] == 5, "The links must keep the text that is searched for."
        for name in ("first", "last"):
            sent = parse_qs(urlsplit(page["links"][name]).query)
            assert sent.get("q") == [text], f"The link `{name}` must keep `q` as it was."
        page = follow(client, page["links"]["next"]) if page["links"]["next"] else page


def test_a_full_last_page_is_the_last(shop, client):
    """Where the records fill the last page, no empty page follows."""
    per_page = random.randint(2, 6)
    records = shop.fill(2 * per_page)
    page = search(client, page=2, per_page=per_page)
    assert page["items"] == records[per_page:], "The second page has the other half."
    assert page["pages"] == 2, "The records fill two pages."
    assert page["links"]["next"] is None, "Nothing comes after the last page."


def test_nothing_found_is_one_empty_page(shop, client):
    """A search that finds nothing has one page, which is empty and leads nowhere else."""
    shop.fill(3)
    page = search(client, q="no record has this in it")
    assert page["items"] == [], "Nothing is found."
    assert [page["page"], page["pages"], page["total"]] == [1, 1, 0], "One page, and no record."
    links = page["links"]
    assert (links["prev"], links["next"]) == (None, None), "There is no other page to lead to."
    assert follow(client, links["first"]) == page, "`first` must lead to the only page."
    assert follow(client, links["last"]) == page, "`last` must lead to the only page."


def test_a_page_after_the_last_is_not_found(shop, client):
    """A page after the last one is answered with 404."""
    shop.fill(4)
    assert len(found(client, page=2, per_page=2)) == 2, "The second page is the last one."
    for page in (3, 4, 1_000_000):
        status = client.get("/records", params={"page": page, "per_page": 2}).status_code
        assert status == 404, f"There are two pages, so page {page} must be answered with 404."
    status = client.get("/records", params={"page": 2, "q": "nowhere"}).status_code
    assert status == 404, "A search that finds nothing has no page 2."


def test_per_page_has_bounds(shop, client):
    """1 and 50 records to a page are good, 0 and 51 are refused."""
    records = shop.fill(52)
    for number in (1, 50):
        page = search(client, per_page=number)
        assert page["items"] == records[:number], f"A page may have {number} records."
        assert page["per_page"] == number, "`per_page` must be the number that was asked for."
    for number in (0, 51, 1000, -1):
        wrong = wrong_parameters(client, per_page=number)
        assert wrong == ["per_page"], f"per_page={number} is wrong, and all else is right."


def test_page_has_bounds(shop, client):
    """Page 0, pages before it, and pages after the millionth are refused."""
    shop.fill(2)
    for number in (0, -1, 1_000_001, 10**20):
        assert wrong_parameters(client, page=number) == ["page"], f"page={number} is wrong."
    assert len(found(client, page=1)) == 2, "Page 1 is good."


def test_numbers_are_written_in_digits(shop, client):
    """A number that is not written in the digits 0 to 9 alone is refused."""
    shop.fill(21)
    for name in ("page", "per_page"):
        for text in ("", "two", "2.0", "1e0", "1_0", "+2", " 2", "2 ", "2\n", "٢", "²", "0x2"):
            wrong = wrong_parameters(client, **{name: text})
            assert wrong == [name], f"{name}={text!r} is wrong, and all else is right."


def test_every_wrong_parameter_is_named(shop, client):
    """All wrong parameters are named in `errors`, and no other."""
    shop.fill(2)
    wrong = wrong_parameters(client, q="x", page="0", per_page="51", sort="colour")
    assert wrong == ["page", "per_page", "sort"], "Three parameters are wrong, and `q` is right."
    wrong = wrong_parameters(client, page="one", per_page="2", sort="-year")
    assert wrong == ["page"], "Only `page` is wrong here."
    assert search(client, colour="red", order="up")["total"] == 2, "Ignore other parameters."
