"""One's own profile, the portfolio's settings, and the portfolio that others see."""

from __future__ import annotations

from typing import Final

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue

from backyard.accounts.sessions import current_user, login_required, optional_user
from backyard.portfolio import services
from backyard.portfolio.code import shown_files
from backyard.portfolio.profile import profile_of
from backyard.portfolio.services import NotToBeShown, PublicPage

blueprint = Blueprint("portfolio", __name__, template_folder="templates")

SHOW: Final = "show:"
"""What the fields of the form begin with; the exercise's id follows."""

REFUSED: Final = (
    "Nothing was saved: only submissions of your own that passed can be shown. Choose again."
)


@blueprint.get("/profile")
@login_required
def profile() -> ResponseReturnValue:
    """What one has done, by skill."""
    user = current_user()
    return render_template(
        "portfolio/profile.html",
        profile=profile_of(user),
        portfolio=services.portfolio_of(user),
    )


@blueprint.get("/portfolio")
@login_required
def settings() -> ResponseReturnValue:
    """Choose what others see."""
    return _settings()


def _settings() -> str:
    user = current_user()
    return render_template(
        "portfolio/settings.html",
        portfolio=services.portfolio_of(user),
        offers=services.offers(user),
    )


@blueprint.post("/portfolio")
@login_required
def save() -> ResponseReturnValue:
    """Store what was chosen; from then on others see that, or nothing."""
    form = request.form
    chosen = {n.removeprefix(SHOW): v for n, v in form.items() if n.startswith(SHOW) and v}
    is_public = "is_public" in form
    try:
        services.save(current_user(), is_public, "may_be_found" in form, chosen)
    except NotToBeShown:
        flash(REFUSED, "danger")
        return _settings(), 422
    flash("Your portfolio is public." if is_public else "Nobody but you sees it.", "success")
    return redirect(url_for("portfolio.settings"), 303)


@blueprint.get("/p/<username>")
def public(username: str) -> ResponseReturnValue:
    """Somebody's portfolio; 404 while it is off, as where there is nobody of that name."""
    page = _visible(username)
    return _answer(page, render_template("portfolio/public.html", page=page))


@blueprint.get("/p/<username>/<track>/<slug>")
def solution(username: str, track: str, slug: str) -> ResponseReturnValue:
    """One solution of a portfolio, with its code."""
    page = _visible(username)
    found = services.visible_solution(page, f"{track}/{slug}") or abort(404)
    files = shown_files(found.submission.files)
    text = render_template("portfolio/solution.html", page=page, solution=found, files=files)
    return _answer(page, text)


def _visible(username: str) -> PublicPage:
    return services.visible_page(username, optional_user()) or abort(404)


def _answer(page: PublicPage, text: str) -> Response:
    response = make_response(text)
    if not page.portfolio.may_be_found:
        response.headers["X-Robots-Tag"] = "noindex"
    return response
