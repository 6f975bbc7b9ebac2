"""Addresses for mails: under the site's public URL, whatever host a request came with."""

from __future__ import annotations

from flask import current_app

from backyard.config import current_settings


def public_link(endpoint: str, **values: str) -> str:
    """The full address of a page.

    Never made of a request's Host header: with it a stranger would lead the link in somebody's
    mail to their own server (https://portswigger.net/web-security/host-header).
    """
    url = current_settings().public_url
    port = "" if url.port in (None, {"http": 80, "https": 443}[url.scheme]) else f":{url.port}"
    urls = current_app.url_map.bind(f"{url.host}{port}", url.path or "/", url_scheme=url.scheme)
    return urls.build(endpoint, values, force_external=True)
