from django.urls import path

from notes import views

urlpatterns = [
    path("people", views.add_person),
    path("notes", views.NoteList.as_view()),
    path("notes/<int:pk>", views.OneNote.as_view()),
]
