"""The conference's programme as JSON: columns in place of objects, joined and grouped by hand."""

import os
from collections import defaultdict

from flask import Flask, request
from sqlalchemy import create_engine, func, select

from models import Rating, Room, Speaker, Talk, talk_speakers

TALKS = (
    select(Talk.id, Talk.title, Talk.starts_at, Room.name.label("room"))
    .join(Room, isouter=True)
    .order_by(Talk.starts_at, Talk.id)
)


def create_app():
    app = Flask(__name__)
    engine = create_engine(os.environ["DATABASE_URL"])  # which psycopg connects to

    def rows(query):
        with engine.connect() as connection:
            return connection.execute(query).all()

    @app.get("/talks")
    def talks():
        names = defaultdict(list)
        for talk_id, name in rows(
            select(talk_speakers.c.talk_id, Speaker.name).join(Speaker).order_by(Speaker.name)
        ):
            names[talk_id].append(name)
        return [
            row._asdict() | {"starts_at": row.starts_at.isoformat(), "speakers": names[row.id]}
            for row in rows(TALKS)
        ]

    @app.get("/speakers")
    def speakers():
        talks = {row.id: row for row in rows(TALKS)}
        given = defaultdict(set)
        for talk_id, speaker_id in rows(select(talk_speakers)):
            given[speaker_id].add(talk_id)
        return [
            {
                "id": number,
                "name": name,
                "talks": [
                    {"title": talk.title, "room": talk.room}
                    for talk in talks.values()
                    if talk.id in given[number]
                ],
            }
            for number, name in rows(
                select(Speaker.id, Speaker.name).order_by(Speaker.name, Speaker.id)
            )
        ]

    @app.get("/rooms")
    def rooms():
        stars = (
            select(Rating.talk_id, func.count().label("count"), func.sum(Rating.stars).label("sum"))
            .group_by(Rating.talk_id)
            .subquery()
        )
        counted = (
            select(
                Room.name,
                func.count(Talk.id).label("talks"),
                func.coalesce(func.sum(stars.c["count"]), 0).label("ratings"),
                func.sum(stars.c["sum"]).label("stars"),
            )
            .select_from(Room)
            .outerjoin(Talk)
            .outerjoin(stars, stars.c.talk_id == Talk.id)
        )
        return [
            {
                "name": row.name,
                "talks": row.talks,
                "ratings": int(row.ratings),
                "average": round(float(row.stars / row.ratings), 2) if row.ratings else None,
            }
            for row in rows(counted.group_by(Room.id).order_by(Room.name, Room.id))
        ]

    @app.get("/plan")
    def plan():
        order = request.args.getlist("talk", type=int)
        found = {row.id: row for row in rows(TALKS.where(Talk.id.in_(order)))}
        shown = [found[number]._asdict() for number in order if number in found]
        for talk in shown:
            del talk["starts_at"]
        return {"talks": shown, "missing": [number for number in order if number not in found]}

    return app
