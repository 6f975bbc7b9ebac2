"""The views: functions, each for one path. Wrong: takes any value for true or false."""

import json
from functools import wraps

from django.core.paginator import InvalidPage, Paginator
from django.db.models import Q
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from notes.models import Person

PAGE_SIZE = 10
RULES = {
    "title": lambda value: isinstance(value, str) and value.strip() and len(value) <= 100,
    "text": lambda value: isinstance(value, str),
    "pinned": lambda value: True,
}


@csrf_exempt  # programs send no CSRF token: they show a key, which no browser adds by itself
@require_POST
def add_person(request):
    person = Person.objects.create(name=json.loads(request.body)["name"])
    return JsonResponse({"name": person.name, "key": person.key}, status=201)


def person_required(view):
    @wraps(view)
    def guarded(request, **kwargs):
        if request.person is None:
            return HttpResponse(status=401)
        return view(request, **kwargs)

    return guarded


@csrf_exempt
@require_http_methods(["GET", "POST"])
@person_required
def notes(request):
    return create(request) if request.method == "POST" else index(request)


@csrf_exempt
@require_http_methods(["GET", "PATCH", "DELETE"])
@person_required
def note(request, note_id):
    found = get_object_or_404(request.person.notes, id=note_id)
    if request.method == "DELETE":
        found.delete()
        return HttpResponse(status=204)
    if request.method == "PATCH":
        return change(request, found)
    return JsonResponse(found.as_json())


def index(request):
    query = request.GET.get("q", "")
    found = request.person.notes.filter(Q(title__icontains=query) | Q(text__icontains=query))
    paginator = Paginator(found, PAGE_SIZE)
    try:
        page = paginator.page(request.GET.get("page", 1))
    except InvalidPage:
        raise Http404 from None
    listed = [one.as_json() for one in page]
    return JsonResponse({"count": paginator.count, "pages": paginator.num_pages, "notes": listed})


def create(request):
    values, errors = read(request, required={"title"})
    if errors:
        return JsonResponse({"errors": errors}, status=400)
    made = request.person.notes.create(**values)
    location = reverse("note", kwargs={"note_id": made.id})
    return JsonResponse(made.as_json(), status=201, headers={"Location": location})


def change(request, found):
    values, errors = read(request)
    if errors:
        return JsonResponse({"errors": errors}, status=400)
    for name, value in values.items():
        setattr(found, name, value)
    found.save()
    return JsonResponse(found.as_json())


def read(request, required=frozenset()):
    """Return the fields that were sent, and a text for each that is wrong."""
    try:
        body = json.loads(request.body)
    except ValueError:
        body = None
    if not isinstance(body, dict):
        return {}, {"body": "Send a JSON object."}
    values = {name: body[name] for name in RULES if name in body}
    if "pinned" in values:
        values["pinned"] = bool(values["pinned"])
    wrong = [name for name in required | set(values) if not RULES[name](values.get(name))]
    return values, {name: f"This is not a good {name}." for name in wrong}
