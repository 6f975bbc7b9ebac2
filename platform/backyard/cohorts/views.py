"""Pages of cohorts. Whoever may not see a cohort gets 404: its existence is not their business."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from backyard.accounts.models import Role, User
from backyard.accounts.sessions import current_user, login_required, role_required, user_key
from backyard.cohorts import services
from backyard.cohorts.codes import pretty
from backyard.cohorts.forms import CohortForm, JoinForm, OwnerForm
from backyard.cohorts.leaderboard import leaderboard
from backyard.cohorts.models import Cohort
from backyard.db import db
from backyard.security import limiter, rate, was_refused

blueprint = Blueprint("cohorts", __name__, url_prefix="/cohorts", template_folder="templates")
blueprint.add_app_template_filter(pretty, "pretty_code")

COHORT: Final = "/<int(max=2147483647):cohort_id>"
"""The address of one; no id is larger than what every database can look for."""


def _visible(cohort_id: int) -> Cohort:
    return services.visible_cohort(current_user(), cohort_id) or abort(404)


def _managed(cohort_id: int) -> Cohort:
    cohort = _visible(cohort_id)
    if not services.may_manage(current_user(), cohort):
        abort(403, "Only the cohort's owner can do this.")
    return cohort


def _to(cohort: Cohort) -> ResponseReturnValue:
    return redirect(url_for("cohorts.cohort", cohort_id=cohort.id))


def _index(
    join_form: JoinForm, name_form: CohortForm, must_verify: bool = False
) -> ResponseReturnValue:
    page = render_template(
        "cohorts/index.html",
        cohorts=services.cohorts_of(current_user()),
        unowned=services.without_owner() if current_user().is_admin else (),
        join_form=join_form,
        name_form=name_form,
        must_verify=must_verify,
    )
    return page, 422 if join_form.errors or name_form.errors else 200


@blueprint.get("")
@login_required
def index() -> ResponseReturnValue:
    """One's cohorts, a form to join one, and for instructors a form to make one."""
    return _index(JoinForm(), CohortForm())


@blueprint.post("")
@role_required(Role.INSTRUCTOR, Role.ADMIN)
def create() -> ResponseReturnValue:
    """Make a cohort."""
    form = CohortForm()
    if not form.validate():
        return _index(JoinForm(formdata=None), form)
    cohort = services.create(current_user(), form.text("name"), form.wants_verified.data)
    flash(f"The cohort {cohort.name} is made. Give its join code to your learners.", "success")
    return _to(cohort)


@blueprint.post("/join")
@login_required
@limiter.limit(rate("join"), key_func=user_key)
@limiter.limit(rate("join"), deduct_when=was_refused)
def join() -> ResponseReturnValue:
    """Join the cohort whose code was typed."""
    form = JoinForm()
    if form.validate():
        try:
            cohort = services.join(current_user(), form.text("code"))
        except services.UnknownCode:
            form.code.errors = ["No cohort has this code. Check it, or ask your instructor anew."]
        except services.NotVerified:
            form.code.errors = ["This cohort takes only learners with a verified email address."]
            return _index(form, CohortForm(formdata=None), must_verify=True)
        else:
            flash(f"You are in the cohort {cohort.name}.", "success")
            return _to(cohort)
    return _index(form, CohortForm(formdata=None))


@blueprint.get(COHORT)
@login_required
def cohort(cohort_id: int) -> ResponseReturnValue:
    """The leaderboard; for its owner also the join code and the name."""
    return _page(_visible(cohort_id))


def _page(
    cohort: Cohort, name_form: CohortForm | None = None, owner_form: OwnerForm | None = None
) -> ResponseReturnValue:
    user, owner = current_user(), services.owner_of(cohort)
    page = render_template(
        "cohorts/cohort.html",
        cohort=cohort,
        standings=leaderboard(cohort.id),
        managed=services.may_manage(user, cohort),
        member=services.is_member(user, cohort),
        name_form=name_form or CohortForm(formdata=None, obj=cohort),
        owner=owner,
        owner_form=_owner_form(owner, owner_form) if user.is_admin else None,
    )
    return page, 422 if name_form or owner_form else 200


def _owner_form(owner: User | None, sent: OwnerForm | None) -> OwnerForm:
    form = sent or OwnerForm(formdata=None)
    teachers = db.session.scalars(services.teachers())
    names = [(user.username, user.username) for user in teachers if user != owner]
    form.username.choices = [("", "Choose somebody"), *names]
    return form


@blueprint.post(f"{COHORT}/name")
@login_required
def rename(cohort_id: int) -> ResponseReturnValue:
    """Set the cohort's name and whom it takes."""
    cohort, form = _managed(cohort_id), CohortForm()
    if not form.validate():
        return _page(cohort, form)
    services.change(cohort, form.text("name"), form.wants_verified.data)
    flash("The cohort is changed.", "success")
    return _to(cohort)


@blueprint.post(f"{COHORT}/owner")
@login_required
def give(cohort_id: int) -> ResponseReturnValue:
    """Give the cohort to another owner: for admins, as where its owner has left the site."""
    cohort, form = _visible(cohort_id), OwnerForm()
    if not current_user().is_admin:
        abort(403, "Only admins give a cohort to somebody else.")
    if form.validate():
        try:
            owner = services.give(cohort, form.text("username"))
        except services.TeachesNot as refusal:
            form.username.errors = [str(refusal)]
        else:
            flash(f"The cohort {cohort.name} is {owner.username}'s now.", "success")
            return _to(cohort)
    return _page(cohort, owner_form=form)


@blueprint.post(f"{COHORT}/code")
@login_required
def renew_code(cohort_id: int) -> ResponseReturnValue:
    """Make a new join code."""
    cohort = _managed(cohort_id)
    services.renew_code(cohort)
    flash("The cohort has a new join code. The old one leads nowhere now.", "success")
    return _to(cohort)


@blueprint.post(f"{COHORT}/leave")
@login_required
def leave(cohort_id: int) -> ResponseReturnValue:
    """Leave the cohort."""
    cohort = _visible(cohort_id)
    services.leave(current_user(), cohort)
    flash(f"You are not in the cohort {cohort.name} any more.", "success")
    return redirect(url_for("cohorts.index"))
