"""Collects the books of a catalogue: a session that retries by itself, and generators."""

import decimal
import re
import urllib.parse

import bs4
import requests
from requests.adapters import HTTPAdapter
from urllib3.util import Retry

CENTS = re.compile(r"[.,](\d\d)$")


class CatalogueError(Exception):
    pass


def collect(url):
    found = {}
    with requests.Session() as session:
        session.headers["User-Agent"] = "backyard-books/2.0 (a catalogue reader)"
        session.mount(
            "http://", HTTPAdapter(max_retries=Retry(2, status_forcelist=range(500, 600)))
        )
        for address, soup in pages(session, url):
            for title in soup.select(".book h2"):
                if title.find_parent("article"):
                    book_url = urllib.parse.urljoin(address, title.find("a").get("href"))
                    if book_url not in found:
                        found[book_url] = book(title.find_parent("article"), title, book_url)
    return [*found.values()]


def pages(session, url):
    """Yield each page's address and soup."""
    fetched = []
    while url not in fetched:
        try:
            answer = session.get(url)
        except requests.exceptions.RetryError as error:
            raise CatalogueError(f"no answer but errors from {url}") from error
        if answer.status_code == 404:
            return
        fetched += [url, answer.url]
        soup = bs4.BeautifulSoup(answer.content.decode(), "html.parser")
        yield answer.url, soup
        link = soup.find("a", rel="next")
        if link is None:
            return
        url = urllib.parse.urljoin(answer.url, link.get("href"))


def book(article, title, url):
    author, price = (field(article.find(class_=name)) for name in ("author", "price"))
    words = tidy("".join(title.strings))
    return dict(title=words, author=author or None, price=euros(price), url=url)


def field(element):
    """Return what stands in an element before any other tag."""
    if element is None or not element.contents or isinstance(element.contents[0], bs4.Tag):
        return ""
    return tidy(element.contents[0])


def tidy(text):
    return re.sub(r"\s+", " ", text).strip()


def euros(text):
    if text == "":
        return None
    if text.casefold() == "free":
        return decimal.Decimal("0")
    number = re.sub(r"[^\d.,]", "", text)
    cents = CENTS.search(number)
    whole = re.sub(r"\D", "", CENTS.sub("", number))
    return decimal.Decimal(whole) + decimal.Decimal(cents[1] if cents else 0) / 100
