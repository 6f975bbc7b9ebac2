"""The exercise page: statement, editor and result; and handing in what stands in the editor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from typing import Final

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge, UnprocessableEntity

from backyard.accounts.sessions import current_user, login_required, user_key
from backyard.catalog.models import ExerciseRow
from backyard.catalog.services import visible_exercise
from backyard.errors import explain, wants_json
from backyard.security import limiter, rate
from backyard.submissions.access import own_submission
from backyard.submissions.models import Submission
from backyard.submissions.services import accept, view_of
from backyard.workbench import services
from backyard.workbench.markdown import highlight, inline_code, render
from grader.submission import TOTAL_LIMIT, InvalidSubmission

blueprint = Blueprint("workbench", __name__, template_folder="templates")
blueprint.add_app_template_filter(render, "markdown")
blueprint.add_app_template_filter(highlight, "highlight")
blueprint.add_app_template_filter(inline_code, "inline_code")

EXERCISE: Final = "/exercises/<track>/<slug>"


def _visible(track: str, slug: str) -> ExerciseRow:
    return visible_exercise(current_user(), f"{track}/{slug}") or abort(404)


@blueprint.get(EXERCISE)
@login_required
def exercise(track: str, slug: str) -> ResponseReturnValue:
    """Work on an exercise: the last submission's files stand in the editor, and its result."""
    row = _visible(track, slug)
    last = services.last_submission(current_user(), row)
    origin = request.args.get("from", "")
    if origin and origin != "starter":
        return _restored(row, last, origin)
    anew = origin == "starter"  # Reset, in a browser without scripts
    return _page(row, last, {} if anew or last is None else last.files)


def _restored(row: ExerciseRow, last: Submission | None, submission_id: str) -> str:
    """The page with the files of an earlier submission of one's own in the editor."""
    submission = own_submission(current_user(), submission_id)
    if submission is None or submission.exercise_id != row.id:
        abort(404)
    flash(
        "The files of an earlier submission stand in the editor. Undo brings back what was there."
    )
    return _page(row, last, submission.files, is_restored=True)


def _page(
    row: ExerciseRow, last: Submission | None, texts: Mapping[str, str], is_restored: bool = False
) -> str:
    """The page with `texts` in the editor, and where there are none, the starter's."""
    files = [asdict(file) for file in services.editor_files(row, texts)]
    view = view_of(last) if last else None
    return render_template(
        "workbench/exercise.html", exercise=row, files=files, view=view, is_restored=is_restored
    )


@blueprint.post(f"{EXERCISE}/submissions")
@login_required
@limiter.limit(rate("submit"), key_func=user_key)
def submit(track: str, slug: str) -> ResponseReturnValue:
    """Hand in files: parts named `files`, or fields `text:<name>` from a form without scripts."""
    row = _visible(track, slug)
    if not row.is_open:
        abort(403, "This exercise can't be graded at the moment, so nothing can be handed in.")
    typed = _typed()
    try:
        submission = accept(current_user(), row, [*_files(), *typed])
    except InvalidSubmission as refusal:
        return _refuse(row, str(refusal), typed)
    return _accepted(submission)


@blueprint.errorhandler(RequestEntityTooLarge)
def _too_large(error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Refuse what is too large to be read as files that are too large are refused."""
    return explain(
        UnprocessableEntity(
            "The files are too large, or too many, to be read; "
            f"at most {TOTAL_LIMIT:,} bytes together are allowed."
        )
    )


def _files() -> Iterator[tuple[str, bytes]]:
    for part in request.files.getlist("files"):
        yield part.filename or "", part.read()


def _typed() -> list[tuple[str, bytes]]:
    fields = request.form.items(multi=True)
    return [
        (name.removeprefix("text:"), text.encode())
        for name, text in fields
        if name.startswith("text:")
    ]


def _refuse(row: ExerciseRow, sentence: str, typed: list[tuple[str, bytes]]) -> ResponseReturnValue:
    """Say what is wrong with the files; on a page, with all that was typed still in its place."""
    if wants_json():
        return jsonify(error=sentence), 422
    flash(sentence, "danger")
    texts = {name: data.decode() for name, data in typed}
    return _page(row, services.last_submission(current_user(), row), texts), 422


def _accepted(submission: Submission) -> ResponseReturnValue:
    page = url_for("submissions.show", submission_id=submission.id)
    if not wants_json():
        return redirect(page, 303)
    answer = jsonify(
        id=submission.id,
        url=page,
        events_url=url_for("submissions.events", submission_id=submission.id),
        state_url=url_for("submissions.state", submission_id=submission.id),
        cancel_url=url_for("submissions.cancel", submission_id=submission.id),
    )
    return answer, 201, {"Location": page}
