"""Collects the books of a catalogue.

Wrong: `response.text` is what an old rule of HTTP makes of the page.
"""

import re
from decimal import Decimal
from urllib.parse import urljoin

import requests
from bs4 import BeautifulSoup

AGENT = {"User-Agent": "backyard-books/1.0"}
ATTEMPTS = 3


class CatalogueError(Exception):
    """A page of the catalogue can't be fetched."""


def collect(url):
    books, seen = {}, set()
    while url is not None and url not in seen:
        seen.add(url)
        response = fetch(url)
        if response.status_code == 404:
            break
        seen.add(response.url)
        soup = BeautifulSoup(response.text, "html.parser")
        for article in soup.select("article.book"):
            book = read_book(article, response.url)
            books.setdefault(book["url"], book)
        link = soup.select_one("a[rel~=next][href]")
        url = urljoin(response.url, link["href"]) if link else None
    return list(books.values())


def fetch(url):
    for _ in range(ATTEMPTS):
        response = requests.get(url, headers=AGENT)
        if response.status_code < 500:
            return response
    raise CatalogueError(f"{url} is answered with {response.status_code}")


def read_book(article, page):
    title = article.h2
    return {
        "title": " ".join(title.get_text().split()),
        "author": read_text(article.select_one(".author")),
        "price": read_price(read_text(article.select_one(".price"))),
        "url": urljoin(page, title.a["href"]),
    }


def read_text(element):
    """Return the text of an element up to the next tag, or None for an empty one or none."""
    first = next(element.children, None) if element else None
    return " ".join(first.split()) or None if isinstance(first, str) else None


def read_price(text):
    if text is None:
        return None
    if text.lower() == "free":
        return Decimal(0)
    number = re.search(r"[0-9][0-9.,]*", text)[0]
    euros, cents = re.fullmatch(r"(.*?)(?:[.,]([0-9]{2}))?", number).groups("00")
    return Decimal(f"{re.sub('[.,]', '', euros)}.{cents}")
