"""The views. `add_person` is complete, and shows how a view takes and gives JSON."""

import json

from django.http import JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from notes.models import Person


@csrf_exempt  # programs send no CSRF token: they show a key, which no browser adds by itself
@require_POST
def add_person(request):
    person = Person.objects.create(name=json.loads(request.body)["name"])
    return JsonResponse({"name": person.name, "key": person.key}, status=201)


# Your views go here. The middleware in people.py has set `request.person`: a Person, or None when
# the request showed no key that anybody has.
