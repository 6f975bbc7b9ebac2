"""A regrade, from the wish to its undoing. Learners see none of it before it is applied."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select, update

from backyard.db import db
from backyard.submissions.models import Attempt, Submission, TestResultRow
from backyard.teaching import regrades
from backyard.teaching.models import Regrade, RegradeEntry, RegradeState
from backyard.teaching.regrades import NothingToRegrade, RegradeView
from grader.verdict import Outcome, Verdict
from tests.unit.teaching.school import NEW, NEWEST, OLD, School, school, snapshot

__all__ = ["school"]  # a fixture


def view(regrade: Regrade) -> RegradeView:
    return regrades.view_of(db.session.get_one(Regrade, regrade.id))


def test_asking_and_grading_changes_nothing_that_learners_see(school: School) -> None:
    school.graded("member", 3)
    before = snapshot()
    school.publish(NEW)
    regrade = school.regraded(member=1)
    assert view(regrade).is_ready
    assert snapshot() == before


def test_the_preview_says_who_changes_from_what_to_what(school: School) -> None:
    first = school.graded("member", 3)
    school.graded("stranger", 1)
    school.publish(NEW)
    found = view(school.regraded(member=1, stranger=1))
    [line] = found.changed
    assert (line.username, line.submission.id) == ("member", first)
    entry = line.entry
    assert (entry.old_verdict, entry.old_points) == (Verdict.PASSED, 3)
    assert (entry.verdict, entry.points) == (Verdict.FAILED, 1)
    assert (found.unchanged, found.waiting, found.version) == (1, 0, 2)


def test_all_submissions_are_graded_anew_not_only_the_best(school: School) -> None:
    for points in (1, 3, 2):
        school.graded("member", points)
    school.publish(NEW)
    assert len(view(school.ask()).lines) == 3


def test_applying_changes_verdict_points_progress_and_leaderboard_at_once(school: School) -> None:
    submission = school.graded("member", 3)
    school.publish(NEW)
    assert school.apply(school.regraded(member=1))
    assert school.points(submission) == (Verdict.FAILED, 1)
    row = db.session.get_one(Submission, submission)
    assert (row.score, row.message) == (33, "1 of 3")
    progress = school.progress("member")
    assert (progress.points, progress.best_score, progress.passed_at) == (1, 33, None)
    assert [(standing.points, standing.passed) for standing in school.board()] == [(1, 0)]


def test_the_new_results_are_shown_and_the_old_ones_kept(school: School) -> None:
    submission = school.graded("member", 3)
    school.publish(NEW)
    school.apply(school.regraded(member=1))
    wanted = select(Attempt).where(Attempt.submission_id == submission).order_by(Attempt.number)
    old, new = db.session.scalars(wanted).all()
    assert (old.content_hash, new.content_hash) == (OLD, NEW)
    assert (old.verdict, new.verdict) == (Verdict.PASSED, Verdict.FAILED)
    outcomes = select(TestResultRow.outcome).order_by(TestResultRow.position)
    for attempt, passed in ((old, 3), (new, 1)):
        found = db.session.scalars(outcomes.where(TestResultRow.attempt_id == attempt.id)).all()
        assert found == [Outcome.PASSED] * passed + [Outcome.FAILED] * (3 - passed)


def test_undoing_restores_exactly_what_was(school: School) -> None:
    for name, points in (("member", 2), ("member", 3), ("stranger", 1), ("member", 3)):
        school.graded(name, points)
    before = snapshot()
    school.publish(NEW)
    regrade = school.regraded(member=1, stranger=3)
    assert school.apply(regrade)
    assert snapshot() != before
    assert school.undo(regrade)
    assert snapshot() == before


def test_a_learner_without_points_left_vanishes_from_no_list(school: School) -> None:
    school.graded("member", 3)
    school.publish(NEW)
    school.apply(school.regraded(member=0))
    assert [(row.username, row.points) for row in school.board()] == [("member", 0)]
    progress = school.progress("member")
    assert (progress.points, progress.max_points) == (0, 3)


def test_the_best_of_all_counts_and_who_handed_in_first_got_there_first(school: School) -> None:
    first = school.graded("member", 1)
    school.graded("member", 1)
    school.publish(NEW)
    school.apply(school.regraded(member=3))
    created = db.session.get_one(Submission, first).created_at
    progress = school.progress("member")
    assert (progress.points, progress.reached_at, progress.passed_at) == (3, created, created)


def test_what_we_could_never_grade_counts_for_nothing(school: School) -> None:
    school.graded("member", 0)
    ours = update(Submission).values(verdict=Verdict.JUDGE_ERROR)
    db.session.execute(ours)
    db.session.commit()
    second = school.graded("member", 3)
    school.publish(NEW)
    school.apply(school.regraded(member=0))
    created = db.session.get_one(Submission, second).created_at
    assert school.progress("member").reached_at == created


def test_what_we_can_not_grade_is_said_and_keeps_its_verdict(school: School) -> None:
    lost, found = school.graded("member", 3), school.graded("stranger", 3)
    school.publish(NEW)
    regrade = school.regraded(stranger=1)
    assert [line.entry.reason for line in view(regrade).failed] == ["The sandbox broke."]
    school.apply(regrade)
    assert school.points(lost) == (Verdict.PASSED, 3)
    assert school.points(found) == (Verdict.FAILED, 1)


def test_while_something_is_still_to_be_graded_nothing_is_applied(school: School) -> None:
    submission = school.graded("member", 3)
    school.publish(NEW)
    regrade = school.ask()
    assert not school.apply(regrade)
    assert school.points(submission) == (Verdict.PASSED, 3)
    assert view(regrade).regrade.state is RegradeState.OPEN


def test_each_is_applied_and_undone_once(school: School) -> None:
    school.graded("member", 3)
    school.publish(NEW)
    regrade = school.regraded(member=1)
    assert not school.undo(regrade)
    assert school.apply(regrade)
    assert not school.apply(regrade)
    assert school.undo(regrade)
    assert not school.undo(regrade)
    assert not school.apply(regrade)


def test_a_newer_verdict_is_left_alone_by_applying_and_that_is_said(school: School) -> None:
    submission = school.graded("member", 3)
    other = school.graded("stranger", 3)
    school.publish(NEW)
    late = school.regraded("admin", member=1, stranger=1)
    school.publish(NEWEST)
    school.apply(school.regraded("instructor", member=2))
    school.apply(late)
    assert school.points(submission) == (Verdict.FAILED, 2)
    assert school.points(other) == (Verdict.FAILED, 1)
    assert [line.username for line in view(late).left_alone] == ["member"]


def test_of_two_that_count_the_later_is_undone_first(school: School) -> None:
    submission = school.graded("member", 3)
    school.publish(NEW)
    early = school.regraded("admin", member=1)
    school.apply(early)
    school.publish(NEWEST)
    newer = school.regraded("instructor", member=2)
    school.apply(newer)
    school.undo(early)
    assert school.points(submission) == (Verdict.FAILED, 2)
    school.undo(newer)
    assert school.points(submission) == (Verdict.FAILED, 1)
    school.undo(early)
    assert school.points(submission) == (Verdict.PASSED, 3)


def test_a_regrade_of_a_verdict_that_is_taken_back_meanwhile_is_not_applied(school: School) -> None:
    submission = school.graded("member", 3)
    school.publish(NEW)
    early = school.regraded("admin", member=1)
    school.apply(early)
    school.publish(NEWEST)
    newer = school.regraded("instructor", member=2)
    school.undo(early)
    school.apply(newer)
    assert school.points(submission) == (Verdict.PASSED, 3)
    assert len(view(newer).left_alone) == 1


def test_what_is_handed_in_meanwhile_is_no_part_of_it(school: School) -> None:
    school.graded("member", 1)
    school.publish(NEW)
    regrade = school.ask()
    newer = school.graded("member", 3, NEW)
    school.grade_anew(regrade, member=0)
    school.apply(regrade)
    assert school.points(newer) == (Verdict.PASSED, 3)
    assert school.progress("member").points == 3


def test_what_the_newest_version_has_graded_is_not_graded_again(school: School) -> None:
    school.graded("member", 3)
    with pytest.raises(NothingToRegrade):
        school.ask()
    school.publish(NEW)
    school.apply(school.regraded(member=1))
    with pytest.raises(NothingToRegrade):
        school.ask()


def test_neither_our_failures_nor_what_waits_or_was_cancelled_is_regraded(school: School) -> None:
    submission = school.graded("member", 3)
    db.session.execute(update(Submission).values(verdict=Verdict.JUDGE_ERROR, points=0))
    db.session.commit()
    school.site.submission("member")
    school.publish(NEW)
    with pytest.raises(NothingToRegrade):
        school.ask()
    assert db.session.get(Submission, submission)


def test_instructors_regrade_their_own_learners_and_admins_all(school: School) -> None:
    for name in ("member", "stranger", "instructor"):
        school.graded(name, 3)
    school.publish(NEW)
    assert {line.username for line in view(school.ask("instructor")).lines} == {
        "member",
        "instructor",
    }
    assert len(view(school.ask("admin")).lines) == 3
    with pytest.raises(NothingToRegrade):
        school.ask("colleague")


def test_asking_twice_is_asking_once(school: School) -> None:
    school.graded("member", 3)
    school.publish(NEW)
    assert school.ask().id == school.ask().id


def test_a_dropped_regrade_leaves_nothing_behind(school: School) -> None:
    school.graded("member", 3)
    school.publish(NEW)
    regrades.drop_regrade(school.ask())
    assert db.session.scalar(select(func.count()).select_from(RegradeEntry)) == 0


def test_what_was_applied_is_not_dropped_any_more(school: School) -> None:
    school.graded("member", 3)
    school.publish(NEW)
    regrade = school.regraded(member=1)
    school.apply(regrade)
    assert not regrades.drop_regrade(db.session.get_one(Regrade, regrade.id))
    assert view(regrade).regrade.state is RegradeState.APPLIED
