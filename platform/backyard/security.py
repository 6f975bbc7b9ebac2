"""What guards every request: CSRF tokens, rate limits, response headers, trusted proxies."""

from __future__ import annotations

import ipaddress
import secrets
from collections.abc import Callable
from typing import Final

from flask import Flask, Response, g, request
from flask_limiter import Limiter
from flask_wtf import CSRFProtect  # type: ignore[import-untyped]
from werkzeug.middleware.proxy_fix import ProxyFix

from backyard.config import Settings, current_settings

HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; "
    "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)

YEAR: Final = 365 * 24 * 3600


def client_address() -> str:
    """Whom a rate limit counts: an IPv4 address, or the /64 network that an IPv6 user owns."""
    try:
        address = ipaddress.ip_address((request.remote_addr or "").partition("%")[0])
    except ValueError:  # a socket of the machine's own has no address
        return "unknown"
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False))


csrf: Final = CSRFProtect()

# Kept in memory, and so per process: there is one web process (docs/operating.md).
limiter: Final = Limiter(client_address, storage_uri="memory://")


def rate(name: str) -> Callable[[], str]:
    """The setting `<name>_rate`, read when a request comes, for `limiter.limit(rate("submit"))`."""
    return lambda: str(getattr(current_settings(), f"{name}_rate"))


def was_refused(response: Response) -> bool:
    """For limits that count only what was wrong, so that a class behind one address gets in."""
    return response.status_code == 422


def csp_nonce() -> str:
    """This response's nonce, for the one style element that CodeMirror makes."""
    if "csp_nonce" not in g:
        g.csp_nonce = secrets.token_urlsafe(16)
    return str(g.csp_nonce)


def init_security(app: Flask, settings: Settings) -> None:
    """Put the guards around `app`."""
    csrf.init_app(app)
    limiter.init_app(app)
    app.add_template_global(csp_nonce)
    app.after_request(_add_headers)
    if settings.public_url.scheme == "https":
        app.after_request(_insist_on_https)
    if count := settings.trusted_proxies:
        # No X-Forwarded-Host: a proxy that does not set it would hand on whatever a client claims.
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]
            app.wsgi_app, x_for=count, x_proto=count
        )


def _add_headers(response: Response) -> Response:
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault("Content-Security-Policy", POLICY.format(nonce=csp_nonce()))
    if request.endpoint == "static" and request.path.startswith("/static/dist/"):
        # The names hold a hash of the content, so a copy never gets old.
        response.headers["Cache-Control"] = f"public, max-age={YEAR}, immutable"
    elif "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "private, no-cache"
    return response


def _insist_on_https(response: Response) -> Response:
    response.headers.setdefault("Strict-Transport-Security", f"max-age={YEAR}")
    return response
