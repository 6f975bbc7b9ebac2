"""The tables. `Person` is complete, and `Note` is yours."""

import secrets

from django.db import models


class Person(models.Model):
    name = models.TextField()
    key = models.TextField(default=secrets.token_urlsafe)


# class Note(models.Model):
#     Whose note is it? What has it, and in which order do notes come?
