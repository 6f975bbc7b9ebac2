"""Compiling the learner's modules once in a process, though each application imports them anew."""

from __future__ import annotations

import sys
from importlib.machinery import SOURCE_SUFFIXES, FileFinder, SourceFileLoader
from pathlib import Path
from types import CodeType
from typing import Any

_codes: dict[tuple[str, bytes], CodeType] = {}


class _Remembering(SourceFileLoader):
    """Loads modules as Python does, and keeps the code of a text that it has compiled."""

    def source_to_code(self, data: Any, path: Any, **options: Any) -> CodeType:  # type: ignore[override]  # typeshed names one option
        """Return the code of `data`, the bytes of the file at `path`."""
        if not isinstance(data, bytes):
            return super().source_to_code(data, path, **options)
        key = (str(path), data)
        if key not in _codes:
            _codes[key] = super().source_to_code(data, path, **options)
        return _codes[key]


def compile_all(directory: Path) -> None:
    """Compile the Python files in `directory`, as importing them would. Raises SyntaxError."""
    for path in sorted(directory.rglob("*.py")):
        _Remembering(path.stem, str(path)).source_to_code(path.read_bytes(), str(path))


def remember_modules(home: Path) -> None:
    """Have modules in and below `home` compiled once for each text."""

    def finder(path: str) -> FileFinder:
        if not (Path(path).is_relative_to(home) and Path(path).is_dir()):
            raise ImportError  # asks the next hook (PEP 302)
        return FileFinder(path, (_Remembering, SOURCE_SUFFIXES))

    sys.path_hooks.insert(0, finder)
