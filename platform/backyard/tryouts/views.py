"""What the exercise page's script asks for a tryout: JSON alone."""

from __future__ import annotations

from typing import Final

from flask import Blueprint, abort, jsonify, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import NoResultFound

from backyard.accounts.sessions import current_user, login_required, user_key
from backyard.catalog.services import visible_exercise
from backyard.security import limiter, rate
from backyard.submissions.stream import StreamSlots
from backyard.tryouts import services
from backyard.tryouts.models import Tryout
from backyard.tryouts.questions import BadQuestion
from grader.submission import InvalidSubmission

blueprint = Blueprint("tryouts", __name__, template_folder="templates")

blueprint.add_app_template_global(services.can_be_tried)

places: Final = StreamSlots(total=6, each=1)
"""Who waits for an answer holds a thread of the web process."""

WAIT: Final = 2.0
"""Seconds to wait for an answer in one request."""

TRYOUT: Final = "/tryouts/<int(max=2147483647):tryout_id>"

GONE: Final = "This was ended. Start it again to go on."


def _own(tryout_id: int) -> Tryout:
    return services.own_tryout(current_user(), tryout_id) or abort(404, GONE)


@blueprint.post("/exercises/<track>/<slug>/tryout")
@login_required
@limiter.limit(rate("run"), key_func=user_key)
def start(track: str, slug: str) -> ResponseReturnValue:
    """Put files to work, sent as parts named `files`."""
    row = visible_exercise(current_user(), f"{track}/{slug}") or abort(404)
    if not services.can_be_tried(row):
        abort(403, "There is nothing to try in this exercise.")
    files = [(part.filename or "", part.read()) for part in request.files.getlist("files")]
    try:
        tryout = services.open_tryout(current_user(), row, files)
    except InvalidSubmission as refusal:
        return jsonify(error=str(refusal)), 422
    return jsonify(
        ask_url=url_for("tryouts.ask", tryout_id=tryout.id),
        close_url=url_for("tryouts.close", tryout_id=tryout.id),
    ), 201


@blueprint.post(f"{TRYOUT}/questions")
@login_required
@limiter.limit(rate("question"), key_func=user_key)
def ask(tryout_id: int) -> ResponseReturnValue:
    """Put a question; the answer is at the address that this gives."""
    try:
        number = services.ask(_own(tryout_id), request.get_json(silent=True))
    except BadQuestion as refusal:
        return jsonify(error=str(refusal)), 422
    except services.TryoutOver:
        abort(404, GONE)
    place = url_for("tryouts.answer", tryout_id=tryout_id, number=number)
    return jsonify(answer_url=place), 202


@blueprint.get(f"{TRYOUT}/questions/<int(max=100000):number>")
@login_required
def answer(tryout_id: int, number: int) -> ResponseReturnValue:
    """The answer, or where the tryout is while there is none. Without a place to wait in there is
    an answer at once, and the page asks again."""
    user, tryout = current_user().id, _own(tryout_id)
    has_place = places.take(user)
    try:
        return jsonify(services.await_answer(tryout.id, number, WAIT if has_place else 0))
    except NoResultFound:
        abort(404, GONE)
    finally:
        if has_place:
            places.free(user)


@blueprint.post(f"{TRYOUT}/close")
@login_required
def close(tryout_id: int) -> ResponseReturnValue:
    """End it."""
    services.close(_own(tryout_id))
    return "", 204
