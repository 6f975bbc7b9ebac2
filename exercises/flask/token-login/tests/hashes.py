"""What stands under a password in the database: whether it is costly, and the password's."""

import re

from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import Argon2Error, InvalidHashError
from werkzeug.security import check_password_hash


def is_costly(text):
    """Whether this is a hash that takes real work to guess, in a form that we know."""
    if text.startswith("$argon2id$"):
        return _is_costly_argon2(text)
    if found := re.match(r"scrypt:(\d+):(\d+):(\d+)\$", text):
        n, r, p = map(int, found.groups())
        return n * r * p >= 2**15 * 8
    if found := re.match(r"pbkdf2:sha(256|512):(\d+)\$", text):
        return int(found[2]) >= 600_000
    return False


def matches(text, password):
    """Whether the costly hash `text` is the password's."""
    if not text.startswith("$argon2id$"):
        return check_password_hash(text, password)
    try:
        return PasswordHasher().verify(text, password)
    except Argon2Error:
        return False


def _is_costly_argon2(text):
    try:
        found = extract_parameters(text)
    except InvalidHashError:
        return False
    work = found.memory_cost * found.time_cost
    return found.memory_cost >= 7_168 and work >= 7_168 * 5
