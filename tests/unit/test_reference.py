"""docs/reference.md says what the code says."""

from __future__ import annotations

from docs.reference import FILE, reference


def test_the_reference_is_as_the_code_is() -> None:
    assert FILE.read_text() == reference(), "Run `python -m docs.reference`."


def test_the_reference_knows_every_fixture_and_leaves_out_what_is_internal() -> None:
    text = reference()
    for fixture in ("client", "call", "run", "query_budget", "plan", "race", "redis", "website"):
        assert f"| `{fixture}` |" in text
    assert "| `hands` |" not in text
