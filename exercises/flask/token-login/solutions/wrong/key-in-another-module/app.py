"""Wrong: the key of the tokens stands in a module beside this one."""

import os
import re

import jwt
from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy
from house_key import KEY
from sqlalchemy import ForeignKey, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)
hasher = PasswordHasher(memory_cost=9_216, time_cost=4, parallelism=1)


class User(db.Model):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    role: Mapped[str] = mapped_column(default="resident")

    def shown(self):
        return {"name": self.name, "role": self.role}


class Notice(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    text: Mapped[str]
    author: Mapped[User] = relationship()

    def shown(self):
        return {"id": self.id, "author": self.author.name, "text": self.text}


class Refused(Exception):
    def __init__(self, status, words):
        super().__init__(words)
        self.status = status


def create_app():
    app = Flask(__name__)
    url = os.environ["DATABASE_URL"].replace("postgresql:", "postgresql+psycopg:")
    app.config.update(SQLALCHEMY_DATABASE_URI=url, SECRET_KEY=KEY)
    db.init_app(app)
    with app.app_context():
        db.create_all()

    @app.errorhandler(Refused)
    def refused(error):
        response = app.make_response(({"error": str(error)}, error.status))
        if error.status == 401:
            response.headers["WWW-Authenticate"] = 'Bearer realm="house"'
        return response

    @app.route("/users", methods=["GET", "POST"])
    def users():
        if request.method == "POST":
            return create_user(body_with("name", "password"))
        if who(app).role != "caretaker":
            raise Refused(403, "This is for the caretaker.")
        return [user.shown() for user in db.session.scalars(select(User))]

    @app.post("/tokens")
    def tokens():
        body = body_with("name", "password")
        user = db.session.scalar(select(User).filter_by(name=body["name"]))
        if user is None or not is_right(user, body["password"]):
            raise Refused(401, "That did not work.")
        return {"token": jwt.encode({"sub": str(user.id)}, app.config["SECRET_KEY"])}, 201

    @app.get("/me")
    def me():
        return who(app).shown()

    @app.route("/notices", methods=["GET", "POST"])
    def notices():
        author = who(app)
        if request.method == "GET":
            return [notice.shown() for notice in db.session.scalars(select(Notice))]
        notice = Notice(author=author, text=good_text())
        db.session.add(notice)
        db.session.commit()
        return notice.shown(), 201

    @app.route("/notices/<int:number>", methods=["PATCH", "DELETE"])
    def one_notice(number):
        user, notice = who(app), db.session.get(Notice, number)
        if notice is None:
            raise Refused(404, "Nothing here.")
        deleting = request.method == "DELETE"
        if notice.author != user and not (deleting and user.role == "caretaker"):
            raise Refused(403, "This is not yours.")
        if deleting:
            db.session.delete(notice)
        else:
            notice.text = good_text()
        db.session.commit()
        return ("", 204) if deleting else notice.shown()

    return app


def create_user(body):
    if re.fullmatch(r"[a-z\d]{3,20}", body["name"], re.ASCII) is None:
        raise Refused(400, "No good name.")
    if len(body["password"]) not in range(8, 129):
        raise Refused(400, "No good password.")
    user = User(name=body["name"], password_hash=hasher.hash(body["password"]))
    db.session.add(user)
    try:
        db.session.commit()
    except IntegrityError:
        raise Refused(409, "There is somebody of this name.") from None
    return user.shown(), 201


def is_right(user, password):
    try:
        return hasher.verify(user.password_hash, password)
    except VerifyMismatchError:
        return False


def who(app):
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    try:
        claims = jwt.decode(token, app.config["SECRET_KEY"], algorithms=["HS256"])
    except jwt.InvalidTokenError:
        claims = {"sub": "0"}
    user = db.session.get(User, int(claims["sub"])) if scheme == "Bearer" else None
    if user is None:
        raise Refused(401, "Log in first.")
    return user


def body_with(*names):
    body = request.get_json(silent=True)
    if not isinstance(body, dict) or any(type(body.get(name)) is not str for name in names):
        raise Refused(400, "Send a JSON object with " + " and ".join(names) + ".")
    return body


def good_text():
    text = body_with("text")["text"]
    if not text or len(text) > 500:
        raise Refused(400, "No good text.")
    return text
