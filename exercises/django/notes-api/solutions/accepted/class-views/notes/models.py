"""The tables, and the rules of a note."""

import secrets

from django.core.exceptions import ValidationError
from django.db import models


class Person(models.Model):
    name = models.TextField()
    key = models.TextField(default=secrets.token_urlsafe)


def has_words(value):
    if not value.strip():
        raise ValidationError("Write more than spaces.")


class NoteQuerySet(models.QuerySet):
    def of(self, person):
        return self.filter(owner=person).order_by("-pinned", "-created")

    def matching(self, words):
        in_title, in_text = models.Q(title__icontains=words), models.Q(text__icontains=words)
        return self.filter(in_title | in_text)


class Note(models.Model):
    owner = models.ForeignKey(Person, models.CASCADE)
    title = models.CharField(max_length=100, validators=[has_words])
    text = models.TextField(blank=True)
    pinned = models.BooleanField(default=False)
    created = models.DateTimeField(auto_now_add=True)

    objects = NoteQuerySet.as_manager()

    def get_absolute_url(self):
        return f"/notes/{self.pk}"
