"""The exercise page: statement, editor and result; and handing in what stands in the editor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge, UnprocessableEntity

from backyard.accounts.sessions import current_user, login_required, user_key
from backyard.catalog.models import ExerciseRow
from backyard.catalog.services import visible_exercise
from backyard.db import utcnow
from backyard.errors import explain, wants_json
from backyard.security import limiter, rate
from backyard.submissions.access import own_submission
from backyard.submissions.lifecycle import Kind
from backyard.submissions.models import Submission
from backyard.submissions.services import accept, view_of
from backyard.workbench import drafts, services
from backyard.workbench.forms import NAMELESS, NOTHING_TYPED, Typed
from backyard.workbench.markdown import highlight, inline_code, render
from backyard.workbench.services import Work
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
    """Work on an exercise: the draft or the last submission's files, and the result."""
    row = _visible(track, slug)
    work = services.work_of(current_user(), row)
    return _page(row, work, _wanted(row, work, request.args.get("from", "")))


def _wanted(row: ExerciseRow, work: Work, origin: str) -> Mapping[str, str] | None:
    """The texts of `?from=`: an earlier submission's, by its id, or the two resets', which are for
    browsers without scripts."""
    resets = {"": None, "starter": {}, "submission": work.submitted}
    if origin in resets:
        return resets[origin]
    submission = own_submission(current_user(), origin)
    if submission is None or submission.exercise_id != row.id:
        abort(404)
    flash(
        "The files of an earlier submission stand in the editor. Undo brings back what was there."
    )
    return submission.files


def _page(
    row: ExerciseRow,
    work: Work,
    texts: Mapping[str, str] | None = None,
    typed: Typed = NOTHING_TYPED,
) -> str:
    """The page with `texts` in the editor, or if None, with the newest work.

    Where there is no text of a file, the starter's stands. `typed` is a form that was refused.
    """
    shown = work.newest if texts is None else texts
    files = services.editor_files(row, shown, work)
    view = view_of(work.latest) if work.latest else None
    return render_template(
        "workbench/exercise.html",
        exercise=row,
        files=files,
        data=services.page_data(row, files),
        typed=typed,
        untaken=services.untaken(row, work),
        view=view,
        work=work,
        asked=texts is not None,
        now=utcnow(),
    )


@blueprint.put(f"{EXERCISE}/draft")
@login_required
@limiter.limit(rate("draft"), key_func=user_key)
def draft(track: str, slug: str) -> ResponseReturnValue:
    """Keep what stands in the editor. 409, with the other's draft, where another tab was faster."""
    row = _visible(track, slug)
    try:
        revision = drafts.save(current_user(), row, drafts.read(request.get_json(silent=True)))
    except InvalidSubmission as refusal:
        return jsonify(error=str(refusal)), 422
    except drafts.Overtaken as overtaken:
        other = overtaken.draft
        return jsonify(
            error=str(overtaken),
            revision=other.revision if other else 0,
            files=other.files if other else {},
        ), 409
    return jsonify(revision=revision)


@blueprint.post(f"{EXERCISE}/submissions")
@login_required
@limiter.limit(rate("submit"), key_func=user_key)
def submit(track: str, slug: str) -> ResponseReturnValue:
    """Hand in files: parts named `files`, or fields `text:<name>` from a form without scripts."""
    return _hand_in(_visible(track, slug), Kind.SUBMIT)


@blueprint.post(f"{EXERCISE}/runs")
@login_required
@limiter.limit(rate("run"), key_func=user_key)
def run(track: str, slug: str) -> ResponseReturnValue:
    """Run the visible tests on files, sent as `submit` takes them. It is not scored."""
    row = _visible(track, slug)
    if not row.has_visible_tests:
        abort(403, "All tests of this exercise are hidden, so there is nothing to run. Submit it.")
    return _hand_in(row, Kind.RUN)


def _hand_in(row: ExerciseRow, kind: Kind) -> ResponseReturnValue:
    if not row.is_open:
        abort(403, "This exercise can't be graded at the moment, so nothing can be handed in.")
    typed = Typed.of(request.form)
    try:
        if typed.is_nameless:
            raise InvalidSubmission(NAMELESS)
        submission = accept(current_user(), row, [*_files(), *typed.files()], kind=kind)
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


def _refuse(row: ExerciseRow, sentence: str, typed: Typed) -> ResponseReturnValue:
    """Say what is wrong with the files; on a page, with all that was typed still in its place."""
    if wants_json():
        return jsonify(error=sentence), 422
    flash(sentence, "danger")
    return _page(row, services.work_of(current_user(), row), typed.shown(), typed), 422


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
