"""The settings page: colours, editor, address, password, one's data, the end of an account."""

from __future__ import annotations

from typing import Any, Final

from flask import (
    Response,
    flash,
    jsonify,
    make_response,
    redirect,
    render_template,
    send_file,
    url_for,
)
from flask.typing import ResponseReturnValue

from backyard.accounts import recovery, services
from backyard.accounts.exporting import archive
from backyard.accounts.models import EditorKeys, TabKey, Theme, User
from backyard.accounts.sessions import (
    begin_session,
    current_user,
    end_session,
    login_required,
    user_key,
)
from backyard.accounts.settings_forms import (
    DeleteForm,
    EditorForm,
    EmailForm,
    PasswordForm,
    ThemeForm,
)
from backyard.accounts.theme import keep_in_browser
from backyard.accounts.views import blame, blueprint
from backyard.db import utcnow
from backyard.errors import wants_json
from backyard.forms import Form
from backyard.mail.interface import MailError
from backyard.mail.outbox import outbox
from backyard.security import limiter, rate, was_refused

DATA_RATE: Final = "20 per hour"
"""Downloads by one user: each reads all that they ever handed in."""

LOOKS_RATE: Final = "120 per minute"
"""Changes of theme or editor by one user: scripts of the pages send them, as fast as one clicks."""

FORMS: Final = {
    "theme": ThemeForm,
    "editor": EditorForm,
    "email": EmailForm,
    "password": PasswordForm,
    "delete": DeleteForm,
}
"""The page's forms, by the sections that they stand in."""


def _page(section: str = "", sent: Form | None = None) -> ResponseReturnValue:
    """The page; with the form of one section as it was sent, if that was refused."""
    forms: dict[str, Any] = {name: form(formdata=None) for name, form in FORMS.items()}
    user = current_user()
    forms["theme"].theme.data = user.theme.value
    forms["editor"].process(data=_editor(user))
    if sent is not None:
        forms[section] = sent
    page = render_template(
        "accounts/account.html", forms=forms, refused=section, mail_is_real=outbox().is_real
    )
    return page, 422 if sent is not None else 200


def _editor(user: User) -> dict[str, str]:
    """How the user has the editor, as the fields of its form."""
    return {"size": str(user.editor_size or ""), "tab": user.tab_key, "keys": user.editor_keys}


def _done() -> Response:
    """Back to the page, at its top, where the message is. Without a fragment of its own the answer
    would take over that of the form's address, and lead to the form."""
    return make_response(redirect(url_for("accounts.account", _anchor="content")))


@blueprint.get("/account")
@login_required
def account() -> ResponseReturnValue:
    """One's own account, with a form for each thing that can be changed."""
    return _page()


@blueprint.get("/account/<any(theme, editor, email, password, delete):section>")
@login_required
def account_section(section: str) -> ResponseReturnValue:
    """The address that a refused form leaves in the bar leads to the page as well."""
    return redirect(url_for("accounts.account", _anchor=section))


@blueprint.post("/account/theme")
@login_required
@limiter.limit(LOOKS_RATE, key_func=user_key)
def set_theme() -> ResponseReturnValue:
    """Choose the colours: from the form, or from the button in the bar, which asks for JSON."""
    form = ThemeForm()
    if not form.validate():
        return _page("theme", form)
    theme = Theme(form.text("theme"))
    services.set_theme(current_user(), theme)
    if wants_json():
        return "", 204
    flash("Your theme is set, here and on your other devices.", "success")
    answer = _done()
    keep_in_browser(answer, theme)
    return answer


@blueprint.post("/account/editor")
@login_required
@limiter.limit(LOOKS_RATE, key_func=user_key)
def set_editor() -> ResponseReturnValue:
    """Set the editor: from the form, or from the box beside an exercise's files, which asks for
    JSON. What is not sent stays as the account has it."""
    form = EditorForm(data=_editor(current_user()))
    if not form.validate():
        if wants_json():
            return jsonify(error="The editor can't be set like this. Reload the page."), 422
        return _page("editor", form)
    size, tab, keys = map(form.text, ("size", "tab", "keys"))
    services.set_editor(current_user(), int(size) if size else None, TabKey(tab), EditorKeys(keys))
    if wants_json():
        return "", 204
    flash("Your editor is set, here and on your other devices.", "success")
    return _done()


@blueprint.post("/account/email")
@login_required
@limiter.limit(rate("login"), key_func=user_key, deduct_when=was_refused)
def change_email() -> ResponseReturnValue:
    """Change the address. Whoever reads the old one hears of it."""
    form, user = EmailForm(), current_user()
    if form.validate():
        try:
            old = services.change_email(user, form.text("password"), form.text("email"))
        except services.AccountError as error:
            blame(form[error.field], error)
        else:
            recovery.tell_old_address(old, user.username, user.email)
            flash(f"Your address is {user.email} now. It is not verified yet.", "success")
            return _done()
    return _page("email", form)


@blueprint.post("/account/email/mail")
@login_required
@limiter.limit(rate("mail"), key_func=user_key)
def send_verification() -> ResponseReturnValue:
    """Mail the link that verifies the address."""
    user = current_user()
    if user.email_verified_at:
        flash("Your address is verified already.", "success")
        return _done()
    try:
        recovery.send_verification(user)
    except MailError:
        flash(
            "The mail could not be sent, which is our fault. Try again in some minutes; if that "
            "does not help, tell whoever runs this site.",
            "danger",
        )
    else:
        flash(_is_sent(user.email), "success")
    return _done()


def _is_sent(address: str) -> str:
    if outbox().is_real:
        return f"The mail is on its way to {address}. The link in it works for three days."
    return (
        "This site has no mail server, so the mail is in its log only. "
        "Ask whoever runs this site for the link in it."
    )


@blueprint.post("/account/password")
@login_required
@limiter.limit(rate("login"), key_func=user_key, deduct_when=was_refused)
def change_password() -> ResponseReturnValue:
    """Change the password, which ends all other sessions."""
    form, user = PasswordForm(), current_user()
    if form.validate():
        try:
            services.change_password(user, form.text("current"), form.text("password"))
        except services.AccountError as error:
            blame(form[error.field], error)
        else:
            begin_session(user)
            flash("Your password is changed. Other devices are logged out.", "success")
            return _done()
    return _page("password", form)


@blueprint.get("/account/data")
@login_required
@limiter.limit(DATA_RATE, key_func=user_key)
def data() -> ResponseReturnValue:
    """All that the site holds of the user, as a ZIP file."""
    user = current_user()
    name = f"backyard-{user.username}-{utcnow():%Y-%m-%d}.zip"
    answer = send_file(archive(user), "application/zip", as_attachment=True, download_name=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@blueprint.post("/account/delete")
@login_required
@limiter.limit(rate("login"), key_func=user_key, deduct_when=was_refused)
def delete() -> ResponseReturnValue:
    """Delete the account, for good."""
    form, user = DeleteForm(), current_user()
    if form.validate():
        try:
            services.delete_account(user, form.text("password"), form.text("username"))
        except services.AccountError as error:
            blame(form[error.field], error)
        else:
            end_session()
            flash(
                "Your account is deleted, with all that was yours. Thank you for being here.",
                "success",
            )
            return redirect(url_for("home.index"))
    return _page("delete", form)
