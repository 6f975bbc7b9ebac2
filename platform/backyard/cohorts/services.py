"""What can be done with cohorts, and who may see what."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Select, delete, exists, or_, select
from sqlalchemy.exc import IntegrityError

from backyard.accounts.models import Role, User
from backyard.cohorts.codes import new_code, normalise
from backyard.cohorts.models import Cohort, Membership
from backyard.db import db


class UnknownCode(Exception):
    """No cohort has this join code."""


class NotVerified(Exception):
    """The cohort takes only who has a verified email address."""


class TeachesNot(Exception):
    """Only instructors and admins own cohorts; the message says who is none."""


def create(owner: User, name: str, wants_verified: bool = False) -> Cohort:
    """Make a cohort with a fresh join code, and commit."""
    cohort = Cohort(name=name, owner_id=owner.id, wants_verified=wants_verified)
    db.session.add(cohort)
    db.session.commit()
    return cohort


def change(cohort: Cohort, name: str, wants_verified: bool) -> None:
    """Set the cohort's name and whom it takes from now on, and commit."""
    cohort.name, cohort.wants_verified = name, wants_verified
    db.session.commit()


def give(cohort: Cohort, username: str) -> User:
    """Make somebody the cohort's owner, and commit; return them. Raises TeachesNot."""
    owner = db.session.scalar(teachers().where(User.username == username))
    if owner is None:
        raise TeachesNot(f"{username} is neither an instructor nor an admin. Choose somebody else.")
    cohort.owner_id = owner.id
    db.session.commit()
    return owner


def renew_code(cohort: Cohort) -> None:
    """Make a new join code, so that the old one is worth nothing, and commit."""
    cohort.code = new_code()
    db.session.commit()


def join(user: User, typed: str) -> Cohort:
    """Make `user` a member of the cohort with this code, and commit; joining twice is no error.

    Raises UnknownCode, and NotVerified for who is no member yet.
    """
    cohort = db.session.scalar(select(Cohort).where(Cohort.code == normalise(typed)))
    if cohort is None:
        raise UnknownCode(typed)
    if cohort.wants_verified and not (user.email_verified_at or is_member(user, cohort)):
        raise NotVerified(cohort.name)
    db.session.add(Membership(cohort_id=cohort.id, user_id=user.id))
    try:
        db.session.commit()
    except IntegrityError:  # a member already
        db.session.rollback()
    return cohort


def leave(user: User, cohort: Cohort) -> None:
    """End the membership if there is one, and commit. Progress stays: it is the learner's own."""
    db.session.execute(
        delete(Membership).where(Membership.cohort_id == cohort.id, Membership.user_id == user.id)
    )
    db.session.commit()


def is_member(user: User, cohort: Cohort) -> bool:
    """Whether `user` has joined the cohort."""
    return db.session.get(Membership, (cohort.id, user.id)) is not None


def may_manage(user: User, cohort: Cohort) -> bool:
    """Whether `user` may rename the cohort and see its code: its owner, and admins."""
    return user.is_admin or (user.teaches and cohort.owner_id == user.id)


def teachers() -> Select[User]:
    """Who may own a cohort, by username."""
    teaches = User.role.in_([Role.INSTRUCTOR, Role.ADMIN])
    return select(User).where(teaches).order_by(User.username)


def owner_of(cohort: Cohort) -> User | None:
    """The instructor or admin who owns the cohort; None once they left, or teach no more."""
    owner = db.session.get(User, cohort.owner_id) if cohort.owner_id else None
    return owner if owner and owner.teaches else None


def without_owner() -> set[int]:
    """The ids of the cohorts that nobody owns, as `owner_of` says it."""
    owned = Cohort.owner_id.in_(teachers().with_only_columns(User.id).order_by(None))
    return set(db.session.scalars(select(Cohort.id).where(owned.is_not(True))))


def visible_cohort(user: User, cohort_id: int) -> Cohort | None:
    """The cohort if `user` may see its leaderboard: members, its owner, admins. Else None."""
    cohort = db.session.get(Cohort, cohort_id)
    if cohort is None or not (may_manage(user, cohort) or is_member(user, cohort)):
        return None
    return cohort


def cohorts_of(user: User) -> Sequence[Cohort]:
    """The cohorts that `user` owns or has joined (for an admin: all of them), newest first."""
    joined = select(Membership.cohort_id).where(Membership.user_id == user.id)
    query = select(Cohort).order_by(Cohort.created_at.desc(), Cohort.id.desc())
    if not user.is_admin:
        query = query.where(or_(Cohort.owner_id == user.id, Cohort.id.in_(joined)))
    return db.session.scalars(query).all()


def teaches_learner(user: User, learner_id: int) -> bool:
    """Whether `user` is an instructor who owns a cohort that the learner is a member of."""
    if not user.teaches:
        return False
    shared = learners_of(user).where(Membership.user_id == learner_id)
    return bool(db.session.scalar(select(exists(shared.correlate(None)))))


def learners_of(user: User) -> Select[int]:
    """The ids of all members of cohorts that `user` owns."""
    return (
        select(Membership.user_id)
        .join(Cohort, Cohort.id == Membership.cohort_id)
        .where(Cohort.owner_id == user.id)
    )
