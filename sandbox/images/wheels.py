"""Wheels for an image's Python, fetched by the host's pip.

The host does it because its network settings work: a company proxy's certificate
authority, for one, is known here and not in the image.
"""

import subprocess
import sys
from pathlib import Path
from typing import Final

from sandbox.images.errors import ImageError

# Debian trixie's Python and C library; a wheel built against an older library runs too.
PYTHON: Final = "3.13"
NEWEST_GLIBC: Final = 41
OLDEST_GLIBC: Final = 17


def download_wheels(lock: Path, folder: Path, architecture: str) -> None:
    """Fetch every wheel that a lock file names into a folder, checked against its hashes.

    `architecture` is the engine's own word, such as `x86_64` or `aarch64`.
    Raises ImageError, with pip's last words, where one cannot be had.
    """
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"]
    command += ["--no-deps", "--require-hashes", "--only-binary=:all:", "--python-version", PYTHON]
    for platform in _platforms(architecture):
        command += ["--platform", platform]
    command += ["--dest", str(folder), "--requirement", str(lock)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        tail = "\n".join(done.stderr.splitlines()[-5:])
        raise ImageError(f"pip could not fetch the wheels of {lock.parent.name}:\n{tail}")


def _platforms(architecture: str) -> list[str]:
    versions = range(NEWEST_GLIBC, OLDEST_GLIBC - 1, -1)
    return [f"manylinux_2_{minor}_{architecture}" for minor in versions] + [
        f"manylinux2014_{architecture}"
    ]
