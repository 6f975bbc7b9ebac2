"""The JSON Schema of exercise.toml, for editors. Pure."""

from __future__ import annotations

import json
from typing import Final

from grader.exercise import Metadata

SCHEMA: Final = "exercise.schema.json"
"""The file's name, in the folder of exercises; a first line `#:schema` of an exercise.toml names
it."""


def schema_text() -> str:
    """Return the schema, made from the rules that exercises are loaded by, as a file's text."""
    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps(schema | Metadata.model_json_schema(), indent=2) + "\n"
