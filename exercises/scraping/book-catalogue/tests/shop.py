"""What the tests share: pages written by hand."""

import random

WORDS = ("River", "Winter", "Lantern", "Orchard", "Sparrow", "Harbour", "Mirror", "Café")
AUTHORS = ("Octavia E. Butler", "Stanisław Lem", "Gabriel García Márquez", "Bessie Head")


def a_title():
    return f"The {random.choice(WORDS)} and the {random.choice(WORDS)} {random.randrange(10_000)}"


def article(title, href, *fields, name="book"):
    """Return an article; `fields` are its other lines."""
    heading = f'<h2><a href="{href}">{title}</a></h2>'
    return "\n".join([f'<article class="{name}">', heading, *fields, "</article>"])


def author(name):
    return f'<p class="author">{name}</p>'


def price(text):
    return f'<p class="price">{text}</p>'


def a_book(href):
    """Return an article whose title is drawn at random, and that title."""
    title = a_title()
    return article(title, href, author(random.choice(AUTHORS)), price("€5.00")), title


def page(*parts, following=None):
    """Return a page of these parts, with a link to the following one."""
    link = f'<a rel="next" href="{following}">More books</a>' if following else ""
    body = "\n".join(parts)
    return f"<!doctype html>\n<h1>Our books</h1>\n{body}\n{link}\n"


def collect(call, website, path="/"):
    """Have the catalogue collected that begins at `path`, and return its books."""
    books = call("scraper:collect", website.url + path)
    assert isinstance(books, list), "collect() must return a list."
    for book in books:
        assert isinstance(book, dict), "Each book must be a dictionary."
        keys = sorted(book)
        assert keys == ["author", "price", "title", "url"], f"A book has other keys: {keys}."
    return books


def titles(books):
    return [book["title"] for book in books]


def paths(website):
    return [asked.path for asked in website.asked()]
