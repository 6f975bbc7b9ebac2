"""Wishes to publish, as pages make and show them. The worker grants them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Select, select

from backyard.accounts.models import User
from backyard.catalog.models import SITE
from backyard.db import db
from backyard.publishing.outcome import Outcome
from backyard.publishing.sources import Source
from backyard.submissions.tasks import TaskState
from backyard.teaching.models import Publication

LATEST: Final = 10


@dataclass(frozen=True, slots=True)
class PublicationView:
    """A publication as pages show it; `by` is a username, None where the account is gone."""

    publication: Publication
    by: str | None

    @property
    def source(self) -> str:
        """Where from, for people."""
        return source_words(self.publication.source)

    @property
    def outcomes(self) -> list[Outcome]:
        """What became of each exercise so far."""
        return [Outcome.from_dict(data) for data in self.publication.outcomes]


def source_words(address: str) -> str:
    """A source for people."""
    return "the site's own folder" if address == SITE else address


def request_publication(user: User, source: Source) -> Publication:
    """Ask the worker to publish `source`, and commit; what waits already is not asked for twice."""
    same = select(Publication).where(
        Publication.source == source.address,
        Publication.ref == source.ref,
        Publication.state == TaskState.QUEUED,
    )
    if (waiting := db.session.scalar(same)) is not None:
        return waiting
    publication = Publication(source=source.address, ref=source.ref, requested_by=user.id)
    db.session.add(publication)
    db.session.commit()
    return publication


def latest_publications() -> Sequence[PublicationView]:
    """The newest few, newest first."""
    rows = db.session.execute(_with_names().order_by(Publication.id.desc()).limit(LATEST))
    return [PublicationView(*row) for row in rows]


def find_publication(publication_id: int) -> PublicationView | None:
    """One by its id."""
    row = db.session.execute(_with_names().where(Publication.id == publication_id)).first()
    return PublicationView(*row) if row else None


def _with_names() -> Select[Publication, str]:
    by = Publication.requested_by == User.id
    return select(Publication, User.username).outerjoin(User, by)
