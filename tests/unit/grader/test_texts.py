"""What a sandbox says, made safe to store, print and read."""

from __future__ import annotations

import pytest

from grader.text import clean, clean_all

UNSAFE = {
    "\x00": "\\x00",
    "\x07": "\\x07",
    "\x08": "\\x08",
    "\x0b": "\\x0b",
    "\r": "\\x0d",
    "\x1b": "\\x1b",
    "\x7f": "\\x7f",
    "\x85": "\\x85",
    "\x9b": "\\x9b",
    "\xad": "\\xad",
    "\u061c": "\\u061c",
    "\u180e": "\\u180e",
    "\u200b": "\\u200b",
    "\u200e": "\\u200e",
    "\u2028": "\\u2028",
    "\u2029": "\\u2029",
    "\u202a": "\\u202a",
    "\u202e": "\\u202e",
    "\u2066": "\\u2066",
    "\u2069": "\\u2069",
    "\u2060": "\\u2060",
    "\ufeff": "\\ufeff",
    "\ufffb": "\\ufffb",
    "\U000e0041": "\\U000e0041",
    chr(0xD800): "\\ud800",
    chr(0xDFFF): "\\udfff",
}


@pytest.mark.parametrize(("character", "spelled"), UNSAFE.items(), ids=UNSAFE.values())
def test_an_unsafe_character_is_spelled_out(character: str, spelled: str) -> None:
    assert clean(f"a{character}b") == f"a{spelled}b"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "plain",
        "tab\tand\nline",
        "Grüße, 世界 🎉",
        "👩\u200d💻",
        "\\x1b",
        "a\u00a0b",
    ],
)
def test_ordinary_text_is_left_as_it_is(text: str) -> None:
    assert clean(text) == text


def test_line_ends_of_other_systems_become_ours() -> None:
    assert clean("a\r\nb\r\n") == "a\nb\n"


def test_an_escape_sequence_reaches_no_terminal() -> None:
    assert clean("\x1b]0;pwned\x07\x1b[2J") == "\\x1b]0;pwned\\x07\\x1b[2J"


def test_everything_that_is_left_can_be_stored_as_utf_8() -> None:
    everything = "".join(map(chr, range(0x3000))) + "".join(map(chr, range(0xD700, 0xE100)))
    assert "\x00" not in clean(everything).encode().decode()


def test_every_text_in_a_structure_is_cleaned() -> None:
    assert clean_all({"k\x1b": ["\x00", {"x": ("\r")}, 1, 2.5, None, True]}) == {
        "k\\x1b": ["\\x00", {"x": "\\x0d"}, 1, 2.5, None, True]
    }
