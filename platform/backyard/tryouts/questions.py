"""What may be asked. Anything else is refused with a sentence; nothing ends by it."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError
from pydantic_core import ErrorDetails

BODY_LIMIT: Final = 100_000
"""Characters of a request's body, or of a statement."""

MOST: Final = 500
"""Questions of one tryout."""

# RFC 9110, 5.6.2 and 5.5: what the sandbox's client would refuse as well, later and less clearly.
TOKEN: Final = r"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"
VALUE: Final = r"^[\t\x20-\x7e]*$"
PATH: Final = r"^/[\x21-\x7e]*$"

Header = tuple[
    Annotated[str, StringConstraints(pattern=TOKEN, max_length=100)],
    Annotated[str, StringConstraints(pattern=VALUE, max_length=4000)],
]


class BadQuestion(Exception):
    """This can't be asked; the message says why."""


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Request(_Strict):
    """An HTTP request to the learner's application."""

    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]
    path: Annotated[str, StringConstraints(pattern=PATH, max_length=2000)]
    headers: Annotated[list[Header], Field(max_length=30)] = []
    body: Annotated[str, StringConstraints(max_length=BODY_LIMIT)] = ""


class Statement(_Strict):
    """A statement on the sample data; an empty one asks for that."""

    statement: Annotated[str, StringConstraints(max_length=BODY_LIMIT)] = ""


class Diagram(_Strict):
    """What the learner's schema has."""


QUESTIONS: Final[dict[str, type[_Strict]]] = {"http": Request, "sql": Statement, "schema": Diagram}
"""The questions by the kind of the exercise's subject; there is no tryout of other kinds."""

_SENTENCES: Final = {
    "method": "Choose one of the methods.",
    "path": "A path begins with / and has no spaces; write them as %20.",
    "headers": "A header is a name and a value of plain characters; there may be thirty.",
    "body": f"The body may have {BODY_LIMIT:,} characters.",
    "statement": f"The statement may have {BODY_LIMIT:,} characters.",
}


def checked(kind: str, data: object) -> dict[str, Any]:
    """Return the question as JSON. Raises BadQuestion."""
    try:
        return QUESTIONS[kind].model_validate(data).model_dump(mode="json")
    except ValidationError as error:
        raise BadQuestion(_sentence(error.errors()[0])) from None


def _sentence(problem: ErrorDetails) -> str:
    if problem["type"] == "string_unicode":
        return "There are halves of characters in this."
    return _SENTENCES.get(str((problem["loc"] or ("",))[0]), "This is no question.")
