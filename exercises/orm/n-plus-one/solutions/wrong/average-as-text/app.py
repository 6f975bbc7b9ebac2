"""The conference's programme as JSON: relationships are loaded eagerly, PostgreSQL counts.

Wrong: the average stays a Decimal, which JSON shows as a text.
"""

import os

from flask import Flask, request
from sqlalchemy import create_engine, distinct, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from models import Rating, Room, Speaker, Talk


def create_app():
    app = Flask(__name__)
    engine = create_engine(os.environ["DATABASE_URL"])  # which psycopg connects to

    @app.get("/talks")
    def talks():
        with Session(engine) as session:
            found = session.scalars(
                select(Talk)
                .options(joinedload(Talk.room), selectinload(Talk.speakers))
                .order_by(Talk.starts_at, Talk.id)
            )
            return [
                {
                    "id": talk.id,
                    "title": talk.title,
                    "starts_at": talk.starts_at.isoformat(),
                    "room": room_name(talk),
                    "speakers": sorted(speaker.name for speaker in talk.speakers),
                }
                for talk in found
            ]

    @app.get("/speakers")
    def speakers():
        with Session(engine) as session:
            found = session.scalars(
                select(Speaker)
                .options(selectinload(Speaker.talks).joinedload(Talk.room))
                .order_by(Speaker.name, Speaker.id)
            )
            return [
                {"id": speaker.id, "name": speaker.name, "talks": talks_of(speaker)}
                for speaker in found
            ]

    @app.get("/rooms")
    def rooms():
        with Session(engine) as session:
            return [room_in_numbers(*row) for row in session.execute(ROOMS)]

    @app.get("/plan")
    def plan():
        wanted = request.args.getlist("talk", type=int)
        query = select(Talk).options(joinedload(Talk.room)).where(Talk.id.in_(wanted))
        with Session(engine) as session:
            found = {talk.id: talk for talk in session.scalars(query)}
        planned = [found[talk_id] for talk_id in wanted if talk_id in found]
        return {
            "talks": [
                {"id": talk.id, "title": talk.title, "room": room_name(talk)} for talk in planned
            ],
            "missing": [talk_id for talk_id in wanted if talk_id not in found],
        }

    return app


ROOMS = (
    select(
        Room.name,
        func.count(distinct(Talk.id)),  # a talk comes once for each of its ratings
        func.count(Rating.id),
        func.avg(Rating.stars),
    )
    .outerjoin(Talk, Talk.room_id == Room.id)
    .outerjoin(Rating, Rating.talk_id == Talk.id)
    .group_by(Room.id)
    .order_by(Room.name, Room.id)
)


def room_in_numbers(name, talks, ratings, average):
    return {"name": name, "talks": talks, "ratings": ratings, "average": average}


def room_name(talk):
    return talk.room.name if talk.room else None


def talks_of(speaker):
    talks = sorted(speaker.talks, key=lambda talk: (talk.starts_at, talk.id))
    return [{"title": talk.title, "room": room_name(talk)} for talk in talks]
