"""Tokens as a thief would make them."""

import base64
import hashlib
import hmac
import json
from contextlib import suppress


def guesses(name):
    """Return tokens that can be made by who knows a user's name, and no secret."""
    claims = {"sub": name, "name": name, "user": name}
    texts = [name, f"{name}:resident", f"{name}:caretaker", json.dumps({"name": name})]
    digests = [hashlib.new(kind, name.encode()).hexdigest() for kind in ("md5", "sha1", "sha256")]
    return [
        *("0", "1", "2", "3", "true", "null"),
        *texts,
        *map(encoded, texts),
        *(base64.b64encode(text.encode()).decode() for text in texts),
        *digests,
        f"{encoded({'alg': 'none', 'typ': 'JWT'})}.{encoded(claims)}.",
    ]


def changes(token, name, other):
    """Return what `token`, of the user called `name`, can be changed into."""
    first = "A" if token[0] != "A" else "B"
    yield from (token[:-1], token[1:], token + token[-1], first + token[1:], token.swapcase()[::-1])
    parts = token.split(".")
    for index, part in enumerate(parts):
        with suppress(ValueError):
            changed = decoded(part).replace(name.encode(), other.encode())
            yield ".".join([*parts[:index], encoded(changed), *parts[index + 1 :]])
    if len(parts) == 3:
        unsigned = encoded({"alg": "none", "typ": "JWT"})
        yield from (f"{unsigned}.{parts[1]}.", f"{unsigned}.{parts[1]}.{parts[2]}")


def signs(key, token):
    """Whether `token` is a JSON Web Token that was signed with this key."""
    signed, _, signature = token.rpartition(".")
    for kind in ("sha256", "sha384", "sha512"):
        digest = hmac.new(key.encode(), signed.encode(), kind).digest()
        if encoded(digest) == signature:
            return True
    return False


def encoded(value):
    """Return a text, bytes or what JSON can hold in the encoding of JSON Web Tokens."""
    if isinstance(value, dict):
        value = json.dumps(value)
    data = value.encode() if isinstance(value, str) else value
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def decoded(text):
    """Return the bytes of such a text. Raises ValueError."""
    return base64.b64decode(text + "=" * (-len(text) % 4), altchars="-_", validate=True)
