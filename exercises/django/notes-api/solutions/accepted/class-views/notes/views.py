"""The views: classes, and the rules of the models."""

import json

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.forms.models import model_to_dict
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.utils.decorators import method_decorator
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from notes.models import Note, Person

TYPES = {"title": str, "text": str, "pinned": bool}


@csrf_exempt
@require_POST
def add_person(request):
    person = Person.objects.create(name=json.loads(request.body)["name"])
    return JsonResponse({"name": person.name, "key": person.key}, status=201)


class Refused(Exception):
    def __init__(self, errors):
        self.errors = errors


@method_decorator(csrf_exempt, name="dispatch")
class ApiView(View):
    def dispatch(self, request, *args, **kwargs):
        if not request.person:
            return HttpResponse(status=401)
        try:
            return super().dispatch(request, *args, **kwargs)
        except Refused as refused:
            return JsonResponse({"errors": refused.errors}, status=400)

    @property
    def notes(self):
        return Note.objects.of(self.request.person)

    def save(self, note, status):
        values, errors = read(self.request)
        for name, value in values.items():
            setattr(note, name, value)
        try:
            note.full_clean(exclude=errors)
        except ValidationError as invalid:
            errors |= {name: " ".join(texts) for name, texts in invalid.message_dict.items()}
        if errors:
            raise Refused(errors)
        note.save()
        return shown(note, status)


class NoteList(ApiView):
    http_method_names = ["get", "post"]

    def get(self, request):
        paginator = Paginator(self.notes.matching(request.GET.get("q", "")), 10)
        number = request.GET.get("page", "1")
        if not number.isdecimal() or int(number) not in paginator.page_range:
            return HttpResponse(status=404)
        notes = [as_dict(note) for note in paginator.page(number)]
        return JsonResponse(
            {"notes": notes, "count": paginator.count, "pages": paginator.num_pages}
        )

    def post(self, request):
        return self.save(Note(owner=request.person), status=201)


class OneNote(ApiView):
    http_method_names = ["get", "patch", "delete"]

    def get(self, request, pk):
        return shown(get_object_or_404(self.notes, pk=pk))

    def patch(self, request, pk):
        return self.save(get_object_or_404(self.notes, pk=pk), status=200)

    def delete(self, request, pk):
        get_object_or_404(self.notes, pk=pk).delete()
        return HttpResponse(status=204)


def read(request):
    """Return the fields that have the right type, and what to say about the others."""
    try:
        sent = json.loads(request.body)
    except json.JSONDecodeError:
        sent = None
    if not isinstance(sent, dict):
        raise Refused({"body": "This is no JSON object."})
    known = {name: sent[name] for name in TYPES if name in sent}
    right = {name: value for name, value in known.items() if isinstance(value, TYPES[name])}
    return right, {name: f"{name} has the wrong type." for name in known.keys() - right.keys()}


def as_dict(note):
    return model_to_dict(note, fields=["title", "text", "pinned"]) | {"id": note.pk}


def shown(note, status=200):
    headers = {"Location": note.get_absolute_url()} if status == 201 else {}
    return JsonResponse(as_dict(note), status=status, headers=headers)
