"""Links from tracebacks into the editor, made of texts that may hold anything."""

from __future__ import annotations

import pytest

from backyard.catalog.models import ExerciseRow
from backyard.db import db
from backyard.submissions.sources import LINKS, Sources, sources_of, syntax_trouble
from tests.unit.submissions.conftest import EXERCISE, Site

PAGE = "/exercises/flask/books"
TRACEBACK = """Traceback (most recent call last):
  File "app.py", line 19, in create
    "author": body["author"],
  File "/usr/lib/python3/flask/app.py", line 7, in run
KeyError: 'author'
"""


def linked(text: str, *names: str, page: str = PAGE) -> str:
    return str(Sources(names or ("app.py",), page).link(text))


def test_a_line_of_a_traceback_leads_into_the_editor() -> None:
    html = linked(TRACEBACK)
    link = f'<a class="source-link" href="{PAGE}#file=app.py&amp;line=19">'
    assert f"{link}File &#34;app.py&#34;, line 19</a>, in create" in html


def test_a_file_of_a_library_that_is_called_the_same_is_no_link() -> None:
    assert linked(TRACEBACK).count("<a ") == 1


@pytest.mark.parametrize(
    ("text", "names", "where"),
    [
        ("test_course.py:12: in test_it", ("test_course.py",), "file=test_course.py&amp;line=12"),
        ('File "./app.py", line 3', ("app.py",), "file=app.py&amp;line=3"),
        ('File "shop/cart.py", line 3', ("cart.py", "shop/cart.py"), "file=shop%2Fcart.py&amp;"),
        ("PostgreSQL refused your query at line 4.", ("query.sql",), "file=query.sql&amp;line=4"),
    ],
)
def test_other_ways_to_name_a_line_are_known(text: str, names: tuple[str, ...], where: str) -> None:
    assert f"#{where}" in linked(text, *names)


@pytest.mark.parametrize(
    "text",
    [
        "other.py:3",
        "/tmp/app.py:3",
        "myapp.py:3",
        "app.pyx:3",
        "app.py:12345678",
        'File "appxpy", line 3',
        "PostgreSQL refused your query at line 4.",
    ],
)
def test_what_names_no_file_of_the_exercise_is_no_link(text: str) -> None:
    assert "<a " not in linked(text, "app.py", "models.py")


def test_a_querys_line_is_the_exercises_only_files_whatever_was_added(site: Site) -> None:
    with site.app.test_request_context():
        exercise = db.session.get_one(ExerciseRow, EXERCISE)
        exercise.files, exercise.may_add = ["query.sql"], ["*.sql"]
        sources = sources_of(exercise, ["query.sql", "more.sql"], mine=True)
    html = sources.link("PostgreSQL refused your query at line 4.")
    assert "#file=query.sql&amp;line=4" in html


def test_without_a_page_there_are_no_links() -> None:
    assert "<a " not in linked(TRACEBACK, page="")


@pytest.mark.parametrize(
    "name", ['"><script>alert(1)</script>.py', "a&b.py", "x' onclick='y.py", "a.py#file=b.py"]
)
def test_a_name_is_never_markup(name: str) -> None:
    html = linked(f'</a>{name}:3 File "{name}", line 4 <b>', name)
    assert html.count("<a ") == html.count("</a>") == 2
    assert "<script" not in html
    assert "<b>" not in html
    for part in html.split("href=")[1:]:
        address = part.partition(">")[0]
        assert address.count('"') == 2
        assert not set("<>' ") & set(address)


def test_what_stands_around_a_link_is_escaped() -> None:
    html = linked("<script>app.py:3</script>&")
    assert html.startswith("&lt;script&gt;<a ")
    assert html.endswith("</a>&lt;/script&gt;&amp;")


def test_only_so_many_links_are_made_and_nothing_is_lost() -> None:
    html = linked("app.py:1 " * (LINKS + 50))
    assert html.count("<a ") == LINKS
    assert html.count("app.py:1 ") + html.count("app.py:1</a>") == LINKS + 50


def test_a_syntax_error_is_found_with_its_line() -> None:
    said = 'File "app.py", line 5\n    def create(:\n               ^\nSyntaxError: invalid syntax'
    trouble = syntax_trouble(said)
    assert trouble
    assert (trouble.name, trouble.line) == ("app.py", 5)
    assert (trouble.code, trouble.error) == ("def create(:", "SyntaxError: invalid syntax")


def test_of_a_chain_the_last_syntax_error_is_told() -> None:
    said = '  File "a.py", line 1, in <module>\n    import b\n  File "b.py", line 2\n    x = (\n'
    trouble = syntax_trouble(f"{said}        ^\nIndentationError: unexpected indent\n")
    assert trouble
    assert (trouble.name, trouble.line, trouble.code) == ("b.py", 2, "x = (")


@pytest.mark.parametrize("text", ["", TRACEBACK, "SyntaxError: no file", 'File "a", line 1\n'])
def test_other_texts_are_no_syntax_error(text: str) -> None:
    assert syntax_trouble(text) is None


def test_hostile_texts_take_no_time() -> None:
    for text in ('File "' * 50_000, "app.py:" * 50_000, 'File "a", line 1\n    ' * 20_000):
        assert syntax_trouble(text) is None
        assert "<a " not in linked(text)


def test_files_that_were_added_are_sources_where_the_exercise_still_takes_them(site: Site) -> None:
    with site.app.test_request_context():
        exercise = db.session.get_one(ExerciseRow, EXERCISE)
        exercise.may_add = ["*.py"]
        sources = sources_of(exercise, ["app.py", "more.py", "gone.sql"], mine=True)
    assert sources.names == (*exercise.files, "more.py")
    assert "#file=more.py&amp;line=3" in sources.link('File "more.py", line 3')
