"""Registering, logging in and out, and the admin's page of users."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Field

from backyard.accounts import services
from backyard.accounts.forms import LoginForm, RegisterForm, RoleForm
from backyard.accounts.guessing import account_key, address_is_known, remember_address
from backyard.accounts.models import Role
from backyard.accounts.sessions import (
    begin_session,
    end_session,
    optional_user,
    role_required,
    safe_next,
)
from backyard.security import client_address, limiter, rate, was_refused

blueprint = Blueprint("accounts", __name__, template_folder="templates")


def _onward() -> ResponseReturnValue:
    return redirect(safe_next(request.args.get("next")) or url_for("home.index"))


def blame(field: Field, error: services.AccountError) -> None:
    """Have a form show what can't be done beside the field that is to blame."""
    field.errors = [*field.errors, str(error)]


@blueprint.route("/register", methods=["GET", "POST"])
@limiter.limit(rate("register"), methods=["POST"])
def register() -> ResponseReturnValue:
    """Make an account, and be logged in with it."""
    if optional_user() is not None:
        return _onward()
    form = RegisterForm()
    if form.validate_on_submit():
        try:
            username, email, password = map(form.text, ("username", "email", "password"))
            user = services.register(username, email, password)
        except services.AccountError as error:
            blame(form[error.field], error)
        else:
            begin_session(user)
            flash("Welcome! Your account is made, and you are logged in.", "success")
            return _onward()
    return render_template("accounts/register.html", form=form), 422 if form.errors else 200


@blueprint.route("/login", methods=["GET", "POST"])
@limiter.limit(rate("login"), key_func=client_address, methods=["POST"], deduct_when=was_refused)
@limiter.limit(
    rate("account"),
    key_func=account_key,
    methods=["POST"],
    exempt_when=address_is_known,
    deduct_when=was_refused,
)
def login() -> ResponseReturnValue:
    """Log in. The answer to a wrong name and to a wrong password is the same."""
    if optional_user() is not None:
        return _onward()
    form = LoginForm()
    if form.validate_on_submit():
        user = services.authenticate(form.text("name"), form.text("password"))
        if user is not None:
            remember_address(user)
            begin_session(user)
            return _onward()
        form.form_errors.append("Name and password do not fit together. Check both and try again.")
    return render_template("accounts/login.html", form=form), 422 if form.errors else 200


@blueprint.post("/logout")
def logout() -> ResponseReturnValue:
    """Log out."""
    end_session()
    flash("You are logged out.", "success")
    return redirect(url_for("home.index"))


@blueprint.route("/admin/users", methods=["GET", "POST"])
@role_required(Role.ADMIN)
def users() -> ResponseReturnValue:
    """Every user, and a form to give one a role. Instructors come from here."""
    form = RoleForm()
    if form.validate_on_submit():
        try:
            user = services.set_role(form.text("username"), Role(form.role.data))
        except services.AccountError as error:
            blame(form[error.field], error)
        else:
            flash(f"{user.username} is now: {user.role}.", "success")
            return redirect(url_for("accounts.users"))
    page = render_template("accounts/users.html", form=form, users=services.list_users())
    return page, 422 if form.errors else 200
