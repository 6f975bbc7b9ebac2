"""What stands in the editor when a learner opens an exercise."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Final

from sqlalchemy import ScalarSelect, or_, select

from backyard.accounts.models import User
from backyard.catalog.models import ExerciseRow
from backyard.db import db
from backyard.submissions.lifecycle import Kind
from backyard.submissions.models import Submission
from backyard.workbench.drafts import draft_of
from backyard.workbench.models import Draft
from grader.names import FILE_NAME, LONGEST, MOST_FILES

LANGUAGES: Final[Mapping[str, str]] = {
    ".css": "css",
    ".html": "html",
    ".js": "javascript",
    ".json": "json",
    ".md": "markdown",
    ".py": "python",
    ".sql": "sql",
    ".toml": "toml",
    ".yaml": "yaml",
    ".yml": "yaml",
    "Dockerfile": "dockerfile",
}
"""Languages of files, by their names' endings, or by their names where these have none."""


@dataclass(frozen=True, slots=True)
class EditorFile:
    """One file in the editor: its text now, and those that can be brought back.

    `submitted` is what was handed in last, `draft` what was kept on the server since or before;
    None where there is no such thing. A file that the learner added has no `starter`, and no `text`
    where it is not there now.
    """

    name: str
    text: str | None
    starter: str | None
    submitted: str | None
    draft: str | None


@dataclass(frozen=True, slots=True)
class Work:
    """What a learner has on the server of one exercise: what was handed in last, the run since
    then, and the draft."""

    submission: Submission | None = None
    run: Submission | None = None
    draft: Draft | None = None

    @property
    def submitted(self) -> Mapping[str, str]:
        """The texts that were handed in last."""
        return self.submission.files if self.submission else {}

    @property
    def newest(self) -> Mapping[str, str]:
        """The texts to go on with: the draft's, unless something was handed in or run after it."""
        draft, last = self.draft, self.latest
        if draft and (last is None or draft.updated_at >= last.created_at):
            return draft.files
        return last.files if last else {}

    @property
    def latest(self) -> Submission | None:
        """The newer one of what was handed in and what was run: its result is shown."""
        return self.run or self.submission


NOTHING: Final = Work()


def work_of(user: User, row: ExerciseRow) -> Work:
    """All that `user` has of this exercise."""
    last = db.session.scalars(
        select(Submission)
        .where(or_(*(Submission.id == _last(user, row, kind) for kind in Kind)))
        .order_by(Submission.created_at)
    ).all()
    handed_in = next((one for one in last if not one.is_run), None)
    run = last[-1] if last and last[-1].is_run else None
    return Work(handed_in, run, draft_of(user, row))


def _last(user: User, row: ExerciseRow, kind: Kind) -> ScalarSelect[str]:
    return (
        select(Submission.id)
        .where(
            Submission.user_id == user.id,
            Submission.exercise_id == row.id,
            Submission.kind == kind,
        )
        .order_by(Submission.created_at.desc())
        .limit(1)
        .correlate(None)
        .scalar_subquery()
    )


def editor_files(
    row: ExerciseRow, texts: Mapping[str, str], work: Work = NOTHING
) -> tuple[EditorFile, ...]:
    """The exercise's files with these texts by name (where there is none, the starter's), and then
    all that the learner has added to them, or had."""
    draft = work.draft.files if work.draft else {}
    seen = dict.fromkeys([*texts, *draft, *work.submitted])
    return tuple(
        EditorFile(
            name=name,
            text=texts.get(name, starter),
            starter=starter,
            submitted=work.submitted.get(name),
            draft=draft.get(name),
        )
        for name, starter in (
            *((name, row.starter.get(name, "")) for name in row.files),
            *((name, None) for name in filter(row.wanted.may_be_added, seen)),
        )
    )


def untaken(row: ExerciseRow, work: Work) -> Mapping[str, str]:
    """The draft's texts, or those handed in last, of names that the exercise took once and takes no
    longer: the editor leaves them out."""
    texts = work.draft.files if work.draft else work.submitted
    return {name: text for name, text in texts.items() if not row.wanted.takes(name)}


def page_data(row: ExerciseRow, files: Sequence[EditorFile]) -> dict[str, object]:
    """What the page's script gets: the files, the rule for names, and the editor's languages."""
    rule = {
        "own": row.files,
        "mayAdd": row.may_add,
        "letters": FILE_NAME,
        "longest": LONGEST,
        "most": MOST_FILES,
    }
    return {"files": [asdict(file) for file in files], "rule": rule, "languages": LANGUAGES}
