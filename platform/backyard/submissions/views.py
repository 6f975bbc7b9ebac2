"""The verdict page, history, and the live events of one submission."""

from __future__ import annotations

from typing import Final

from flask import (
    Blueprint,
    Response,
    abort,
    flash,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.sansio.blueprints import BlueprintSetupState
from flask.typing import ResponseReturnValue

from backyard.accounts.sessions import current_user, login_required, user_key
from backyard.catalog.models import ExerciseRow
from backyard.db import db, utcnow
from backyard.errors import wants_json
from backyard.security import limiter, rate
from backyard.submissions import services
from backyard.submissions.access import own_submission, readable_submission
from backyard.submissions.again import NotAgain, submit_again
from backyard.submissions.events import Cursor, Teller
from backyard.submissions.models import Submission
from backyard.submissions.render import FEEDBACK, Renderer
from backyard.submissions.stream import StreamSlots, follow
from backyard.submissions.wording import CANCELLED, OUTCOMES, RUNS, VERDICTS, timing
from grader.submission import InvalidSubmission
from grader.verdict import Verdict

blueprint = Blueprint("submissions", __name__, template_folder="templates")

slots: Final = StreamSlots()

CALLED_OFF: Final = "The submission is cancelled. It does not count."
TOO_LATE: Final = "This submission is graded already, so it can't be cancelled any more."


@blueprint.record_once
def _give_words(state: BlueprintSetupState) -> None:
    # Globals, as macros that are called for a live event have no request's context.
    state.app.jinja_env.globals.update(
        VERDICTS=VERDICTS,
        RUNS=RUNS,
        OUTCOMES=OUTCOMES,
        CANCELLED=CANCELLED,
        timing=timing,
        **FEEDBACK,
    )


def _readable(submission_id: str) -> Submission:
    """The submission; 404 for everybody who may not see it, so that ids can't be tried out."""
    return readable_submission(current_user(), submission_id) or abort(404)


def _own(submission_id: str) -> Submission:
    """The submission; 404 for everybody else, teachers and admins too."""
    return own_submission(current_user(), submission_id) or abort(404)


def _teller(submission_id: str) -> Teller:
    return Teller(submission_id, Renderer.of(_readable(submission_id)))


@blueprint.get("/submissions")
@login_required
def history() -> ResponseReturnValue:
    """One's own submissions, newest first: all, or those to `?exercise=` alone."""
    number = request.args.get("page", 1, type=int)
    if not 1 <= number <= 10_000:
        abort(404)
    user, exercise_id = current_user(), request.args.get("exercise") or None
    return render_template(
        "submissions/history.html",
        page=services.history(user, number, exercise_id),
        tried=services.exercises_tried(user),
    )


@blueprint.get("/submissions/<submission_id>")
@login_required
def show(submission_id: str) -> ResponseReturnValue:
    """The verdict page: complete without scripts, and live with them until the verdict."""
    view = services.view_of(_readable(submission_id))
    exercise = db.session.get_one(ExerciseRow, view.submission.exercise_id)
    return render_template("submissions/submission.html", view=view, exercise=exercise)


@blueprint.post("/submissions/<submission_id>/cancel")
@login_required
def cancel(submission_id: str) -> ResponseReturnValue:
    """Call off one's own submission while it waits or is being graded."""
    is_cancelled = services.cancel(_own(submission_id))
    if wants_json():
        return ("", 204) if is_cancelled else (jsonify(error=TOO_LATE), 409)
    flash(*((CALLED_OFF, "success") if is_cancelled else (TOO_LATE, "warning")))
    if request.form.get("back") == "history":
        return redirect(url_for("submissions.history"), 303)
    return redirect(url_for("submissions.show", submission_id=submission_id), 303)


@blueprint.get("/grader")
@login_required
def grader() -> ResponseReturnValue:
    """What a page says of the grader: nothing while it is there. Open pages ask for it anew."""
    return render_template("_away_words.html")


def _named() -> Submission:
    """The submission that a request for `again` names."""
    return _own(str((request.view_args or {}).get("submission_id")))


def _comes_once() -> bool:
    """Whether nothing needs counting: what we failed to grade is handed in again only once. A run
    that we failed can be repeated for ever."""
    return _named().verdict is Verdict.JUDGE_ERROR and not _named().is_run


def _rate_of_kind() -> str:
    return rate("run" if _named().is_run else "submit")()


def _key_of_kind() -> str:
    # Else the two would be one count wherever their rates are alike.
    return f"{user_key()} {_named().kind}"


@blueprint.post("/submissions/<submission_id>/again")
@login_required
@limiter.limit(_rate_of_kind, key_func=_key_of_kind, exempt_when=_comes_once)
def again(submission_id: str) -> ResponseReturnValue:
    """Hand in, or run, the same files anew: as often as either may be done in a minute, without
    using any of that up. After a failure of ours a submission is not counted at all."""
    try:
        anew = submit_again(current_user(), _own(submission_id))
    except (NotAgain, InvalidSubmission) as refusal:
        flash(str(refusal), "warning")
        return redirect(url_for("submissions.show", submission_id=submission_id), 303)
    return redirect(url_for("submissions.show", submission_id=anew.id), 303)


@blueprint.get("/submissions/<submission_id>/events")
@login_required
def events(submission_id: str) -> ResponseReturnValue:
    """Live events as a server-sent stream; a reader who comes back sends `Last-Event-ID`."""
    user_id = current_user().id
    cursor = Cursor.parse(request.headers.get("Last-Event-ID"))
    teller = _teller(submission_id)
    if cursor.is_end:
        return "", 204  # tells the browser not to come back
    if not slots.take(user_id):
        abort(503, "Too many streams are open. Ask for the state instead.")
    stream = follow(db.engine, teller, cursor)
    response = Response(stream, content_type="text/event-stream")
    response.call_on_close(lambda: slots.free(user_id))
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Accel-Buffering"] = "no"  # else nginx holds events back
    return response


@blueprint.get("/submissions/<submission_id>/state")
@login_required
def state(submission_id: str) -> ResponseReturnValue:
    """The same events for who can't have a stream: what is new `?after=` an event's id."""
    teller = _teller(submission_id)
    cursor = Cursor.parse(request.args.get("after"))
    new = teller.since(db.session(), cursor, utcnow())
    done = cursor.is_end or any(event.cursor.is_end for event in new)
    return jsonify(events=[event.as_dict() for event in new], done=done)
