"""What every answer carries, and what no page holds."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from werkzeug.test import TestResponse

from tests.unit.web.conftest import Build, Site

HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
PAGES = [
    *("/", "/exercises", "/login", "/register", "/account", "/admin/users", "/no-such-page"),
    *("/exercises/flask/books", "/submissions", f"/submissions/{'5' * 32}", "/cohorts"),
    *("/cohorts/1", "/cohorts/2"),
]


@pytest.fixture
def furnished(site: Site) -> Site:
    """A site that has one of everything."""
    site.exercise()
    site.submission("admin", id="5" * 32)
    site.cohort("Spring", "admin", "admin", "member")
    return site


def policy(answer: TestResponse) -> dict[str, list[str]]:
    """The content security policy, by directive."""
    text = answer.headers["Content-Security-Policy"]
    words = [directive.split() for directive in text.split(";")]
    return {name: sources for name, *sources in words}


@pytest.mark.parametrize(
    "path", ["/", "/account", "/no-such-page", "/static/icon.svg", f"/submissions/{'5' * 32}/state"]
)
def test_every_kind_of_answer_has_the_headers(furnished: Site, path: str) -> None:
    for browser in (furnished.nobody(), furnished.browser("admin")):
        answer = browser.get(path, buffered=True)
        assert {name: answer.headers[name] for name in HEADERS} == HEADERS
        assert policy(answer)["default-src"] == ["'none'"]


def test_the_policy_allows_nothing_but_our_own(site: Site) -> None:
    directives = policy(site.nobody().get("/"))
    nonce = directives["style-src"].pop()
    assert re.fullmatch(r"'nonce-[\w-]{20,}'", nonce)
    assert directives == {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }


def test_every_answer_has_a_nonce_of_its_own_and_its_page_knows_it(site: Site) -> None:
    answers = [site.nobody().get("/") for _ in range(3)]
    nonces = [policy(answer)["style-src"][1] for answer in answers]
    assert len(set(nonces)) == 3
    for answer, nonce in zip(answers, nonces, strict=True):
        found = re.search(r'name="csp-nonce" content="([^"]+)"', answer.text)
        assert found
        assert nonce == f"'nonce-{found[1]}'"


@pytest.mark.parametrize(
    ("url", "expected"), [("https://a.example", True), ("http://[::1]", False)]
)
def test_browsers_are_told_to_stay_with_https_where_there_is_https(
    build: Build, url: str, expected: bool
) -> None:
    answer = build(public_url=url).nobody().get("/")
    assert ("Strict-Transport-Security" in answer.headers) is expected


def test_pages_are_kept_by_nobody_and_built_files_for_ever(furnished: Site) -> None:
    page = furnished.browser("admin").get("/account")
    assert page.headers["Cache-Control"] == "private, no-cache"
    found = re.search(r'href="(/static/dist/main-\w+\.css)"', page.text)
    assert found
    built = furnished.nobody().get(found[1], buffered=True)
    assert "immutable" in built.headers["Cache-Control"]
    icon = furnished.nobody().get("/static/icon.svg", buffered=True)
    assert "immutable" not in icon.headers["Cache-Control"]


class Inline(HTMLParser):
    """What a page may not hold: code or style of its own, and addresses of others."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        is_data = attributes.get("type") == "application/json"
        if tag == "style" or (tag == "script" and "src" not in attributes and not is_data):
            self.found.append(f"<{tag}>")
        for name, value in attrs:
            if name == "style" or name.startswith("on"):
                self.found.append(f"{tag} {name}={value}")
            if name in {"src", "href", "action"} and not (value or "").startswith(("/", "#")):
                self.found.append(f"{tag} {name}={value}")


@pytest.mark.parametrize("path", PAGES)
def test_no_page_holds_code_or_style_or_anything_from_elsewhere(furnished: Site, path: str) -> None:
    for browser in (furnished.nobody(), furnished.browser("admin")):
        page = browser.get(path, follow_redirects=True).text
        assert Inline(page).found == []


@pytest.mark.parametrize("path", PAGES)
def test_every_form_carries_the_token(furnished: Site, path: str) -> None:
    for browser in (furnished.nobody(), furnished.browser("admin")):
        page = browser.get(path, follow_redirects=True).text
        posts = re.findall(r'<form[^>]*method="post".*?</form>', page, re.DOTALL)
        assert [form for form in posts if form.count('name="csrf_token"') != 1] == []
