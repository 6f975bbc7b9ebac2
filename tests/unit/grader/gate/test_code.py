"""Pieces of code as statements show them."""

from __future__ import annotations

import pytest

from grader.gate.code import NotCode, check_code


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("python", "def create_app():\n    ...\n"),
        ("python", "    def indented(self):\n        return self.x\n"),
        ("python", "return jsonify(book), 201\n"),
        ("python", '@app.get("/books")\n'),
        ("python", "class Book(Model):\n"),
        ("python", "books = [first, …]\n"),
        ("python", "await client.get(url)\n"),
        ("Python", ">>> add(1, 2)\n3\n>>> for x in y:\n...     print(x)\nall of it\n"),
        ("json", '{"books": [{"id": 1}, ...]}'),
        ("json", '{"text": "wait …"}'),
        ("json", '{"id": 1}\n{"id": 2}\n'),
        ("sql", "SELECT a FROM b WHERE c = 1; CREATE TABLE d (e int);"),
        ("sql", "SELECT … FROM books"),
        ("sql", "WITH RECURSIVE t AS (SELECT 1) SELECT count(*) FILTER (WHERE x) FROM t"),
        ("sql", "INSERT OR REPLACE INTO a VALUES (?)"),
        ("toml", 'title = "x"\n'),
        ("bash", "if ["),
    ],
)
def test_a_piece_of_code_makes_sense(language: str, text: str) -> None:
    check_code(language, text)


@pytest.mark.parametrize(
    ("language", "text", "line"),
    [
        ("python", "x = 1\ny = = 2\n", 2),
        ("python", "def f(:\n    pass\n", 1),
        ("python", ">>> x = 1\n>>> y = = 2\n", 2),
        ("json", '{"a": 1,\n "b" 2}', 2),
        ("json", "{'a': 1}", 1),
        ("sql", "SELECT a FROM b\nWHERE (c = 1", 2),
        ("sql", "SELEC a FROM (", None),
        ("toml", "title = \n", None),
    ],
)
def test_what_is_no_code_is_told_with_its_line(language: str, text: str, line: int | None) -> None:
    with pytest.raises(NotCode) as caught:
        check_code(language, text)
    assert str(caught.value)
    assert line is None or caught.value.line == line
