"""A conference's programme as JSON. All answers are right, and all take far too many queries."""

import os

from flask import Flask, request
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from models import Rating, Room, Speaker, Talk


def create_app():
    app = Flask(__name__)
    engine = create_engine(os.environ["DATABASE_URL"])  # which psycopg connects to

    @app.get("/talks")
    def talks():
        with Session(engine) as session:
            found = session.scalars(select(Talk).order_by(Talk.starts_at, Talk.id))
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
            found = session.scalars(select(Speaker).order_by(Speaker.name, Speaker.id))
            return [
                {"id": speaker.id, "name": speaker.name, "talks": talks_of(speaker)}
                for speaker in found
            ]

    @app.get("/rooms")
    def rooms():
        with Session(engine) as session:
            found = session.scalars(select(Room).order_by(Room.name, Room.id)).all()
            return [room_in_numbers(session, room) for room in found]

    @app.get("/plan")
    def plan():
        planned, missing = [], []
        with Session(engine) as session:
            for talk_id in request.args.getlist("talk", type=int):
                talk = session.get(Talk, talk_id)
                if talk is None:
                    missing.append(talk_id)
                else:
                    entry = {"id": talk.id, "title": talk.title, "room": room_name(talk)}
                    planned.append(entry)
            return {"talks": planned, "missing": missing}

    return app


def room_name(talk):
    return talk.room.name if talk.room else None


def talks_of(speaker):
    talks = sorted(speaker.talks, key=lambda talk: (talk.starts_at, talk.id))
    return [{"title": talk.title, "room": room_name(talk)} for talk in talks]


def room_in_numbers(session, room):
    stars = []
    talks = session.scalars(select(Talk).where(Talk.room_id == room.id)).all()
    for talk in talks:
        stars += session.scalars(select(Rating.stars).where(Rating.talk_id == talk.id))
    return {
        "name": room.name,
        "talks": len(talks),
        "ratings": len(stars),
        "average": sum(stars) / len(stars) if stars else None,
    }
