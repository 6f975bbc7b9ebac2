"""Which view answers which path."""

from django.urls import path

from notes import views

urlpatterns = [
    path("people", views.add_person),
    path("notes", views.notes),
    path("notes/<int:note_id>", views.note, name="note"),
]
