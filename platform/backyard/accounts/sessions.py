"""Who is logged in. Flask-Login, behind functions with types."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Final, ParamSpec
from urllib.parse import urlsplit

import flask_login  # type: ignore[import-untyped]
from flask import Flask, abort, redirect, request, session, url_for
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from flask.typing import ResponseReturnValue
from sqlalchemy import select

from backyard.accounts.models import Role, User
from backyard.db import db
from backyard.errors import wants_json

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]

login_manager: Final = flask_login.LoginManager()


class PageSessions(SecureCookieSessionInterface):
    """Sessions that a visit to a page makes longer, and nothing else.

    Flask sends the cookie with every answer. Those to scripts may come after a log-out, and would
    undo it; those with style sheets may be kept by a shared cache, and handed to somebody else.
    """

    def should_set_cookie(self, app: Flask, session: SessionMixin) -> bool:
        """Whether this answer carries the cookie. Browsers name `text/html` where it is a page."""
        is_page = "text/html" in request.headers.get("Accept", "")
        return session.modified or (is_page and super().should_set_cookie(app, session))


def init_sessions(app: Flask) -> None:
    """Let `app` know its users."""
    app.session_interface = PageSessions()
    login_manager.init_app(app)
    login_manager.user_loader(_load)
    login_manager.unauthorized_handler(_ask_to_log_in)


def _load(session_key: str) -> User | None:
    return db.session.scalar(select(User).where(User.session_key == session_key))


def _ask_to_log_in() -> ResponseReturnValue:
    if wants_json():
        abort(401)
    here = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.login", next=here))


def begin_session(user: User) -> None:
    """Log `user` in, with nothing kept of the session before: it may be of somebody else's making
    (session fixation)."""
    session.clear()
    session.permanent = True
    flask_login.login_user(user)


def end_session() -> None:
    """Log out, and forget everything that the session held."""
    flask_login.logout_user()
    session.clear()


def optional_user() -> User | None:
    """Whoever is logged in, if anybody is."""
    user = flask_login.current_user
    return user._get_current_object() if user.is_authenticated else None


def current_user() -> User:
    """Whoever is logged in. For views behind `login_required`; elsewhere it may answer 401."""
    return optional_user() or abort(401)


def user_key() -> str:
    """Whom a rate limit counts behind `login_required`: the user, from wherever."""
    return f"user {current_user().id}"


def login_required(view: View[P]) -> View[P]:
    """Strangers are sent to log in (a JSON client gets 401)."""

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
        if optional_user() is None:
            answer: ResponseReturnValue = login_manager.unauthorized()
            return answer
        return view(*args, **kwargs)

    return guarded


def role_required(*roles: Role) -> Callable[[View[P]], View[P]]:
    """Strangers are sent to log in; users of other roles get 403."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            if current_user().role not in roles:
                abort(403)
            return view(*args, **kwargs)

        return login_required(guarded)

    return decorate


def safe_next(target: str | None) -> str | None:
    """`target` if it is a path on this site, else None.

    Browsers read a backslash as a slash and drop control characters, so that `/\\t/evil.example`
    leads elsewhere: whatever has such characters is refused (https://url.spec.whatwg.org/).
    """
    if not target or any(ord(char) <= 32 or char == "\\" for char in target):
        return None
    parts = urlsplit(target)
    on_site = target.startswith("/") and not target.startswith("//")
    return target if on_site and not parts.scheme and not parts.netloc else None
