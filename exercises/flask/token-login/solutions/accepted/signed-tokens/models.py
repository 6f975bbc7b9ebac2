"""The tables, and what an account's password is kept as."""

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


db = SQLAlchemy(model_class=Base)
hasher = PasswordHasher(memory_cost=12_288, time_cost=3, parallelism=1)


class User(db.Model):
    __tablename__ = "users"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    password_hash: Mapped[str]
    role: Mapped[str] = mapped_column(default="resident")

    def shown(self):
        return {"name": self.name, "role": self.role}

    def set_password(self, password):
        self.password_hash = hasher.hash(password)

    def has_password(self, password):
        try:
            return hasher.verify(self.password_hash, password)
        except VerifyMismatchError:
            return False


class Notice(db.Model):
    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int] = mapped_column(ForeignKey(User.id))
    text: Mapped[str]
    author: Mapped[User] = relationship()

    def shown(self):
        return {"id": self.id, "author": self.author.name, "text": self.text}
