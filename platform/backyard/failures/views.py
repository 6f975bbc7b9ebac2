"""The admin's page of what could not be graded."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, request
from flask.typing import ResponseReturnValue

from backyard.accounts.models import Role
from backyard.accounts.sessions import role_required
from backyard.db import db, utcnow
from backyard.failures import services

blueprint = Blueprint("failures", __name__, template_folder="templates")


@blueprint.app_template_global("failures_today")
def failures_today() -> int:
    """How much failed by our fault in the last 24 hours: for the admin's navigation."""
    return services.count_since(db.session(), utcnow() - services.DAY)


@blueprint.get("/admin/failures")
@role_required(Role.ADMIN)
def index() -> ResponseReturnValue:
    """All that failed by our fault, newest first."""
    number = request.args.get("page", 1, type=int)
    if not 1 <= number <= 10_000:
        abort(404)
    return render_template("failures/index.html", page=services.failures(db.session(), number))
