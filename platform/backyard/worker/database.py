"""The worker's own way to the database. It needs the file, not the web application."""

from __future__ import annotations

import sqlite3

from flask import Flask
from sqlalchemy import event, inspect
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, sessionmaker

from backyard.config import ConfigurationError
from backyard.db import db, init_database


def open_database(url: str) -> sessionmaker[Session]:
    """Return a maker of sessions on the database at SQLAlchemy's `url`. Connects to nothing yet.

    Goes through an empty Flask application, so that pragmas and locking are those of the web
    process, but no secret key is asked for: worker and web may be two users of the machine.
    """
    app = Flask("backyard.worker")
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    init_database(app)
    with app.app_context():
        engine = db.engine
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _leave_syncing_to_checkpoints)
    return sessionmaker(engine, expire_on_commit=False)


def open_checked(url: str) -> sessionmaker[Session]:
    """The same, after a look at the tables.

    Raises ConfigurationError, with a sentence for the operator, where there are none.
    """
    sessions = open_database(url)
    try:
        with sessions() as session:
            is_set_up = inspect(session.connection()).has_table("submissions")
    except DatabaseError as error:
        raise ConfigurationError(f"The database can't be opened: {error.orig}.") from None
    if not is_set_up:
        raise ConfigurationError("The database has no tables yet. Run `backyard setup` first.")
    return sessions


def _leave_syncing_to_checkpoints(connection: sqlite3.Connection, record: object) -> None:
    # What a power cut can take from the worker's last moments is graded again, so its many small
    # writes need not wait for the disk, as the web's must (https://sqlite.org/pragma.html).
    connection.execute("PRAGMA synchronous = NORMAL").close()
