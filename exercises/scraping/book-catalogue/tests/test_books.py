"""What is read of one page."""

import random
from decimal import Decimal

import pytest
from shop import a_title, article, author, collect, page, price, titles

EXAMPLE = """<!doctype html>
<h1>Our books
<ul>
  <li><article class="book">
    <h2><a href="/books/kindred">Kindred</a></h2>
    <p class="author">Octavia E. Butler</p>
    <p class="price">€12.50</p>
  </article>
  <li><article class='second-hand book'>
    <h2><a href=books/solaris>Solaris,
       <em>a novel</em></h2>
    <p class=price>9,90 €
    <p class=author>Stanis&#322;aw Lem
  </article>
</ul>
<a rel="next" href="?page=2">More books</a>
"""


def amount(low=10, high=999):
    """Return euros and cents, drawn at random, as texts."""
    return str(random.randint(low, high)), f"{random.randint(1, 99):02}"


def prices_of(call, website, texts):
    books = [article(a_title(), f"/books/{n}", price(text)) for n, text in enumerate(texts)]
    website.publish({"/": page(*books)})
    return [book["price"] for book in collect(call, website)]


@pytest.mark.visible
def test_the_example_comes_out(website, call):
    """The example of the statement comes out."""
    website.publish({"/shop/": EXAMPLE, "/shop/?page=2": website.page("gone", status=404)})
    expected = [
        {
            "title": "Kindred",
            "author": "Octavia E. Butler",
            "price": Decimal("12.50"),
            "url": f"{website.url}/books/kindred",
        },
        {
            "title": "Solaris, a novel",
            "author": "Stanisław Lem",
            "price": Decimal("9.90"),
            "url": f"{website.url}/shop/books/solaris",
        },
    ]
    got = call("scraper:collect", f"{website.url}/shop/")
    assert got == expected, "The books must be those of the statement."


def test_a_page_may_have_no_books(website, call):
    """A page without books has none, and news are not books."""
    news = article(a_title(), "/news/1", name="news")
    other = article(a_title(), "/news/2", name="bookshop notebook")
    website.publish({"/": page(news, other, "<article><h2>Closed on Monday</h2></article>")})
    assert collect(call, website) == [], "An article without the class `book` is no book."


def test_books_have_other_classes_too(website, call):
    """An article is a book if `book` is one of its classes."""
    names = ["book", "signed book", "book rare", "a book c"]
    made = [a_title() for _ in names]
    books = [article(made[n], f"/books/{n}", name=name) for n, name in enumerate(names)]
    website.publish({"/": page(*books)})
    assert titles(collect(call, website)) == made, "Each article with the class `book` is a book."


def test_titles_are_tidy(website, call):
    """Runs of spaces and line breaks in a title become one space, and its tags only text."""
    one, two = a_title(), a_title()
    books = [
        article(f"\n   {one}\n\t  &amp; <em>{two}</em>\n ", "/books/1"),
        article(f"<b>{two.replace(' ', '  ')}", "/books/2"),
    ]
    website.publish({"/": page(*books)})
    expected = [f"{one} & {two}", two]
    assert titles(collect(call, website)) == expected, "Titles are text, with single spaces."


def test_authors_and_prices_may_be_missing(website, call):
    """A missing or empty author is None, and so is a missing or empty price."""
    books = [
        article(a_title(), "/books/1", price("€7")),
        article(a_title(), "/books/2", author("\n Bessie  Head ")),
        article(a_title(), "/books/3"),
        article(a_title(), "/books/4", author(""), price("")),
        article(a_title(), "/books/5", author("  \n"), price(" ")),
        article(a_title(), "/books/6", author("Lem"), price("€8")),
    ]
    website.publish({"/": page(*books)})
    got = [(book["author"], book["price"]) for book in collect(call, website)]
    nothing = (None, None)
    expected = [(None, 7), ("Bessie Head", None), nothing, nothing, nothing, ("Lem", 8)]
    assert got == expected, "What a book lacks is None, and not what another book has."


@pytest.mark.points(2)
def test_fields_end_at_the_next_tag(website, call):
    """A field whose tag is never closed ends at the next tag, in whatever order they come."""
    euros, cents = amount()
    fields = [
        f"<p class=price>€{euros}.{cents}",
        "<p class='author'>Bessie Head",
        "<p class=note>2",
    ]
    books = []
    for n in range(3):
        rotated = fields[n:] + fields[:n]
        books.append(article(a_title(), f"/books/{n}", *rotated))
    books.append(article(a_title(), "/books/9", "<p class=author>", fields[0]))
    books.append(article(a_title(), "/books/10", "<p class=price>", "<p class=author>Lem"))
    website.publish({"/": page(*books)})
    got = [(book["author"], book["price"]) for book in collect(call, website)]
    cost = Decimal(f"{euros}.{cents}")
    expected = [("Bessie Head", cost)] * 3 + [(None, cost), ("Lem", None)]
    assert got == expected, "What belongs to a field is its text up to the next tag."


def test_prices_have_cents_or_none(website, call):
    """Prices are read with a point, with a comma, and without cents."""
    euros, cents = amount()
    forms = "€{0}.{1}", "{0},{1} €", "EUR {0}.{1}", "{0}.{1}", " € {0},{1} ", "{0}.{1}€", "€{0}"
    got = prices_of(call, website, [form.format(euros, cents) for form in (*forms, "{0} €")])
    expected = [Decimal(f"{euros}.{cents}")] * 6 + [Decimal(euros)] * 2
    assert got == expected, "Two digits after a point or comma at the end are cents."


@pytest.mark.points(2)
def test_large_prices_have_marks_for_the_eye(website, call):
    """A point or comma that does not begin the cents is there for the eye."""
    euros, cents = amount(100, 999)
    forms = "€2,{0}.{1}", "2.{0},{1} €", "€2,{0}", "2.{0} €", "EUR 2,{0}.{1}", "€2.{0}.{0}"
    got = prices_of(call, website, [form.format(euros, cents) for form in forms])
    whole = Decimal(f"2{euros}")
    exact = Decimal(f"2{euros}.{cents}")
    expected = [exact, exact, whole, whole, exact, Decimal(f"2{euros}{euros}")]
    assert got == expected, "Only a point or comma with two digits after it, at the end, has cents."


def test_some_books_are_free(website, call):
    """`free`, however it is written, is a price of 0."""
    got = prices_of(call, website, ["free", "Free", "FREE", " free\n"])
    assert got == [Decimal(0)] * 4, "Free books have the price 0."


@pytest.mark.points(2)
def test_pages_are_utf8_whatever_they_say(website, call):
    """Pages are UTF-8, whatever their Content-Type and their `meta` say."""
    writer = random.choice(("Stanisław Lem", "Gabriel García Márquez", "Þórbergur Þórðarson"))
    book = article(a_title(), "/books/1", author(writer), price("12,00 €"))
    for meta in ("", '<meta charset="iso-8859-1">', "<meta charset=utf-8>"):
        website.publish({"/": website.page(page(meta, book), Content_Type="text/html")})
        got = [(book["author"], book["price"]) for book in collect(call, website)]
        assert got == [(writer, 12)], "The page is UTF-8, names as well as the sign of the euro."
