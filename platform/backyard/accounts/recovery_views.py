"""Pages for who forgot their password, and for the links that come by mail."""

from __future__ import annotations

from typing import Final

from flask import (
    Response,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask.typing import ResponseReturnValue

from backyard.accounts import recovery, tokens
from backyard.accounts.models import User
from backyard.accounts.sessions import begin_session, current_user, login_required
from backyard.accounts.settings_forms import ForgottenForm, NewPasswordForm
from backyard.accounts.views import blueprint
from backyard.mail.outbox import outbox
from backyard.security import limiter, rate, was_refused

KEPT: Final = "recovery"
"""Where the session keeps the token of a link that was opened."""


def _name_key() -> str:
    """The name that was typed, whoever has it or nobody."""
    return f"forgotten {request.form.get('name', '')[:254].strip().lower()}"


def _was_taken(response: Response) -> bool:
    return response.status_code != 422


@blueprint.route("/password/forgotten", methods=["GET", "POST"])
@limiter.limit(rate("forgotten"), methods=["POST"], deduct_when=_was_taken)
@limiter.limit(rate("mail"), key_func=_name_key, methods=["POST"], deduct_when=_was_taken)
def forgotten() -> ResponseReturnValue:
    """Ask for a link by mail. The answer is the same whether there is such an account or not."""
    form = ForgottenForm()
    if not form.validate_on_submit():
        return render_template("accounts/forgotten.html", form=form), 422 if form.errors else 200
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # what the proxy stands for
    recovery.ask_for_password(app, form.text("name"))
    return render_template("accounts/forgotten_sent.html", mail_is_real=outbox().is_real)


@blueprint.get("/password/new/<token>")
def recover(token: str) -> ResponseReturnValue:
    """Take the token out of the address: there it would stay in histories, on screens and in
    what the page's own requests tell as their referrer."""
    if tokens.recovering_user(token) is None:
        return _unfit()
    session[KEPT] = token
    return _private(redirect(url_for("accounts.new_password")))


def _unfit() -> ResponseReturnValue:
    return _private(render_template("accounts/link_unfit.html")), 410


def _private(answer: ResponseReturnValue) -> Response:
    """An answer that nobody keeps, and whose address is told to nobody."""
    response = make_response(answer)
    response.headers["Cache-Control"] = "no-store"
    if request.endpoint == "accounts.recover":
        # Not on the form's own page: under https its answer must say where it comes from.
        response.headers["Referrer-Policy"] = "no-referrer"
    return response


@blueprint.route("/password/new", methods=["GET", "POST"])
@limiter.limit(rate("login"), methods=["POST"], deduct_when=was_refused)
def new_password() -> ResponseReturnValue:
    """Choose a password, after the link in a mail; and be logged in."""
    user = tokens.recovering_user(session.get(KEPT, ""))
    if user is None:
        session.pop(KEPT, None)
        return _unfit()
    form = NewPasswordForm()
    if not form.validate_on_submit():
        page = render_template("accounts/new_password.html", form=form, whose=user.username)
        return _private((page, 422 if form.errors else 200))
    return _set(user, form.text("password"))


def _set(user: User, password: str) -> ResponseReturnValue:
    if not recovery.set_new_password(user, password):
        return _unfit()
    begin_session(user)
    flash(
        "Your new password is set, and you are logged in. All other devices are logged out.",
        "success",
    )
    return redirect(url_for("home.index"))


@blueprint.route("/account/email/<token>", methods=["GET", "POST"])
@login_required
def verify(token: str) -> ResponseReturnValue:
    """Verify one's address, after the link in a mail. A button does it, not the link: programs
    that look into mail open links, and can neither log in nor press."""
    user = current_user()
    if not tokens.verifies(user, token):
        return _private((render_template("accounts/address_unverified.html"), 410))
    if request.method == "GET":
        return _private(render_template("accounts/verify.html", token=token))
    recovery.verify(user)
    flash(f"{user.email} is verified. Thank you.", "success")
    return redirect(url_for("accounts.account"))
