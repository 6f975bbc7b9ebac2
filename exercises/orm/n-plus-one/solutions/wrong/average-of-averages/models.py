"""The tables, and how they hang together."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, Table
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


talk_speakers = Table(
    "talk_speakers",
    Base.metadata,
    Column("talk_id", ForeignKey("talks.id")),
    Column("speaker_id", ForeignKey("speakers.id")),
)


class Room(Base):
    __tablename__ = "rooms"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Speaker(Base):
    __tablename__ = "speakers"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    talks: Mapped[list["Talk"]] = relationship(secondary=talk_speakers, back_populates="speakers")


class Talk(Base):
    __tablename__ = "talks"

    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    starts_at: Mapped[datetime]
    room_id: Mapped[int | None] = mapped_column(ForeignKey("rooms.id"))
    room: Mapped[Room | None] = relationship()
    speakers: Mapped[list[Speaker]] = relationship(secondary=talk_speakers, back_populates="talks")


class Rating(Base):
    __tablename__ = "ratings"

    id: Mapped[int] = mapped_column(primary_key=True)
    talk_id: Mapped[int] = mapped_column(ForeignKey("talks.id"))
    stars: Mapped[int]
