"""Pages of those who teach: what is published, and publishing."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from backyard.accounts.models import Role
from backyard.accounts.sessions import current_user, role_required
from backyard.db import db, utcnow
from backyard.publishing.sources import Source
from backyard.submissions.status import grader_is_away
from backyard.teaching import exercises, publications, regrades
from backyard.teaching.forms import RepositoryForm

blueprint = Blueprint("teaching", __name__, url_prefix="/teaching", template_folder="templates")

NUMBER: Final = "int(max=2147483647)"
"""An id in an address; none is larger than what every database can look for."""

teachers_only: Final = role_required(Role.INSTRUCTOR, Role.ADMIN)


@blueprint.app_template_global()
def worker_is_away() -> bool:
    """Whether nobody would do now what teachers ask for."""
    return grader_is_away(db.session(), utcnow())


@blueprint.get("")
@teachers_only
def index() -> ResponseReturnValue:
    """Every exercise, broken ones with the reason, and the forms to publish."""
    return _index(RepositoryForm())


def _index(form: RepositoryForm) -> ResponseReturnValue:
    page = render_template(
        "teaching/index.html",
        exercises=exercises.all_exercises(),
        publications=publications.latest_publications(),
        form=form,
    )
    return page, 422 if form.errors else 200


@blueprint.post("/publications/site")
@teachers_only
def publish_site() -> ResponseReturnValue:
    """Ask for the site's own folder to be published."""
    return _request(Source())


@blueprint.post("/publications")
@teachers_only
def publish_repository() -> ResponseReturnValue:
    """Ask for a repository to be published."""
    form = RepositoryForm()
    source = form.source()
    return _index(form) if source is None else _request(source)


def _request(source: Source) -> ResponseReturnValue:
    publication = publications.request_publication(current_user(), source)
    return redirect(url_for("teaching.publication", publication_id=publication.id), 303)


@blueprint.get(f"/publications/<{NUMBER}:publication_id>")
@teachers_only
def publication(publication_id: int) -> ResponseReturnValue:
    """What becomes of each exercise, live until it is over."""
    view = publications.find_publication(publication_id) or abort(404)
    return render_template("teaching/publication.html", view=view)


@blueprint.get("/exercises/<track>/<slug>")
@teachers_only
def exercise(track: str, slug: str) -> ResponseReturnValue:
    """One exercise: its versions, and what is broken."""
    view = _exercise(track, slug)
    return render_template(
        "teaching/exercise.html",
        view=view,
        versions=exercises.versions_of(view.exercise),
        regrades=regrades.regrades_of(current_user(), view.exercise),
    )


def _exercise(track: str, slug: str) -> exercises.ExerciseView:
    return exercises.find_exercise(f"{track}/{slug}") or abort(404)
