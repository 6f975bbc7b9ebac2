"""From page to page: links, redirects, errors, and manners."""

import random

import pytest
from shop import a_book, article, collect, page, paths, titles


def catalogue(*links):
    """Return a page with a new book for each link to the following page, and the titles."""
    made = [a_book(f"/books/{n}") for n in range(len(links))]
    pages = [page(book, following=link) for (book, _), link in zip(made, links, strict=True)]
    return pages, [title for _, title in made]


@pytest.mark.visible
def test_the_next_page_is_read_too(website, call):
    """The books of the next page come after those of the first one."""
    one = '<article class="book"><h2><a href="/books/1">Kindred</a></h2></article>'
    two = '<article class="book"><h2><a href="/books/2">Solaris</a></h2></article>'
    website.publish({"/": one + '<a rel="next" href="/more">More</a>', "/more": two})
    got = [book["title"] for book in call("scraper:collect", f"{website.url}/")]
    assert got == ["Kindred", "Solaris"], "The link with rel=next leads to the second page."


@pytest.mark.points(2)
def test_links_are_relative_to_their_page(website, call):
    """Links to pages and to books are relative to the page on which they stand."""
    first, second, third = random.sample(("old", "new", "rare", "signed", "maps"), 3)
    hrefs = ("one", "../two", "?id=3", "/four")
    books = [a_book(href) for href in hrefs]
    website.publish(
        {
            f"/{first}/list": page(books[0][0], following=f"../{second}/deep/list"),
            f"/{second}/deep/list": page(books[1][0], following="?page=2"),
            f"/{second}/deep/list?page=2": page(books[2][0], following=f"/{third}/"),
            f"/{third}/": page(books[3][0]),
        }
    )
    got = collect(call, website, f"/{first}/list")
    assert titles(got) == [title for _, title in books], "There are four pages with a book each."
    expected = [f"/{first}/one", f"/{second}/two", f"/{second}/deep/list?id=3", "/four"]
    addresses = [book["url"].removeprefix(website.url) for book in got]
    assert addresses == expected, "Addresses must be absolute, and relative links belong to a page."


@pytest.mark.points(2)
def test_a_redirected_page_is_where_it_was_found(website, call):
    """Links on a page that was redirected are relative to where it was found."""
    books = [a_book("first"), a_book("second")]
    for back in ("list", "/shop"):
        website.publish(
            {
                "/shop": website.page("", status=302, Location="/archive/2030/list"),
                "/archive/2030/list": page(books[0][0], following="more"),
                "/archive/2030/more": page(books[1][0], following=back),
            }
        )
        got = collect(call, website, "/shop")
        addresses = [book["url"].removeprefix(website.url) for book in got]
        assert addresses == ["/archive/2030/first", "/archive/2030/second"], "The page has moved."
        expected = ["/shop", "/archive/2030/list", "/archive/2030/more"]
        assert paths(website) == expected, f"{back} leads to a page that was fetched before."


@pytest.mark.points(2)
def test_no_page_is_fetched_twice(website, call):
    """A link back to a page that was fetched before ends the catalogue."""
    for back in ("/", "/two", "three", "../three"):
        pages, expected = catalogue("two", "/three", back)
        website.publish(dict(zip(("/", "/two", "/three"), pages, strict=True)))
        assert titles(collect(call, website)) == expected, "Each page has one book."
        assert paths(website) == ["/", "/two", "/three"], f"{back} was fetched before."


def test_the_link_may_have_other_words(website, call):
    """The link to the next page is an `a` whose rel holds `next`, and nothing else is."""
    [last], [title] = catalogue(None)
    others = """<a href="/no/1">next</a> <a rel="prev" href="/no/2">next page</a>
        <a class="next" href="/no/3">next</a> <link rel="next" href="/no/4">"""
    for rel in ('rel="nofollow next"', 'rel="next nofollow"', "rel=next", "rel='next'"):
        website.publish({"/": page(others, f'<a {rel} href="/last">Go on'), "/last": last})
        assert titles(collect(call, website)) == [title], f"<a {rel} …> leads to the next page."
        assert paths(website) == ["/", "/last"], "Other links are not to be followed."


@pytest.mark.points(2)
def test_a_book_is_listed_once(website, call):
    """A book that is listed again, by its absolute address, is left out."""
    same = random.randrange(100, 1_000)
    first, title = a_book(f"/books/{same}")
    website.publish(
        {
            "/": page(first, article("Again", f"books/{same}"), following="books/more"),
            "/books/more": page(article("And again", same), article("Another", f"/more/{same}")),
        }
    )
    got = titles(collect(call, website))
    assert got == [title, "Another"], "The first one stays, and another address is another book."


def test_books_of_one_title_are_two_books(website, call):
    """Books of the same title with two addresses are two books."""
    website.publish({"/": page(article("Poems", "/books/1"), article("Poems", "/books/2"))})
    assert titles(collect(call, website)) == ["Poems", "Poems"], "They have two addresses."


def test_a_page_that_is_not_there_ends_the_catalogue(website, call):
    """404 ends the catalogue without an error, and is not asked for again."""
    pages, expected = catalogue("/two", "/three")
    website.publish(dict(zip(("/", "/two"), pages, strict=True)))
    assert titles(collect(call, website)) == expected, "The books before the 404 are to be kept."
    assert paths(website) == ["/", "/two", "/three"], "A 404 is asked for once."
    website.publish({})
    assert collect(call, website, "/three") == [], "If the first page is a 404, there are no books."


def test_what_a_404_says_is_no_page(website, call):
    """The books and links of a page that is answered with 404 do not count."""
    book, _ = a_book("/books/1")
    sorry = website.page(page(book, following="/more"), status=404)
    website.publish({"/": sorry, "/more": page(book)})
    assert collect(call, website) == [], "The catalogue ends before a page that is not there."
    assert paths(website) == ["/"], "A link on a page that is not there leads nowhere."


@pytest.mark.points(2)
def test_a_busy_page_is_asked_for_again(website, call):
    """A page that is answered with 500 or more is asked for again, up to three times in all."""
    for first, second in ((500, 503), (502, 599)):
        pages, expected = catalogue("/two", "/three", None)
        busy = [website.page("<h1>Busy</h1>", status=status) for status in (first, second)]
        turns = {"/": [busy[0], pages[0]], "/two": [*busy, pages[1]], "/three": pages[2]}
        website.publish(turns)
        assert titles(collect(call, website)) == expected, "A third answer may be the page."
        expected_paths = ["/", "/", "/two", "/two", "/two", "/three"]
        assert paths(website) == expected_paths, "Ask again until the page comes, and go on."


@pytest.mark.points(2)
def test_a_page_that_stays_busy_is_an_error(website, call):
    """Three answers of 500 or more raise CatalogueError, which names the page."""
    place = f"/list-{random.randrange(1_000)}"
    pages, _ = catalogue(place)
    website.publish({"/": pages[0], place: website.page("<h1>Down</h1>", status=500)})
    with call.raises("CatalogueError") as raised:
        call("scraper:collect", f"{website.url}/")
    assert website.url + place in raised.message, "The error's text must contain the address."
    assert paths(website) == ["/", place, place, place], "Ask three times in all, and no more."


def test_every_request_says_who_asks(website, call):
    """Every request has a User-Agent that begins with backyard-books/, the repeated ones too."""
    pages, _ = catalogue("/two", None)
    moved = website.page("", status=301, Location="/one")
    turns = [website.page("", status=503), pages[1]]
    website.publish({"/": moved, "/one": pages[0], "/two": turns})
    collect(call, website)
    agents = {asked.user_agent.partition("/")[0] for asked in website.asked()}
    assert agents == {"backyard-books"}, "The User-Agent must begin with backyard-books/."
    assert paths(website) == ["/", "/one", "/two", "/two"], "Fetch the pages, and nothing else."
