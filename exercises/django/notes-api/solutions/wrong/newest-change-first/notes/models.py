"""The tables. Wrong: sorts by the time of the last change."""

import secrets

from django.db import models


class Person(models.Model):
    name = models.TextField()
    key = models.TextField(default=secrets.token_urlsafe)


class Note(models.Model):
    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="notes")
    title = models.CharField(max_length=100)
    text = models.TextField()  # empty unless it is given
    pinned = models.BooleanField(default=False)
    changed = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-pinned", "-changed"]

    def as_json(self):
        return {"id": self.id, "title": self.title, "text": self.text, "pinned": self.pinned}
