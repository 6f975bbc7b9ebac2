"""The web application of a preview: `gunicorn backyard.preview.application:app`.

Whoever opens it is the one learner that it has. It is for its author's own machine: no setting
makes this of a site.
"""

from __future__ import annotations

from flask import Flask, Response
from sqlalchemy import select

from backyard import create_app
from backyard.accounts.models import User
from backyard.accounts.sessions import login_manager
from backyard.db import db
from backyard.preview.names import LEARNER
from backyard.preview.views import blueprint
from backyard.security import POLICY, csp_nonce


def build() -> Flask:
    """Return the site with the preview's page, and everybody logged in."""
    app = create_app()
    app.register_blueprint(blueprint)
    app.after_request(_allow_own_frames)
    login_manager.request_loader(lambda _: _learner())
    return app


def _learner() -> User | None:
    return db.session.scalar(select(User).where(User.username == LEARNER))


def _allow_own_frames(response: Response) -> Response:
    policy = POLICY.format(nonce=csp_nonce()).replace("frame-ancestors 'none'", "frame-src 'self'")
    response.headers["Content-Security-Policy"] = f"{policy}; frame-ancestors 'self'"
    response.headers["X-Frame-Options"] = "SAMEORIGIN"
    return response


app = build()
