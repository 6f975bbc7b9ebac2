"""What a server runs. This file is complete: you don't have to change it."""

import os

from django.core.management import call_command
from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
application = get_wsgi_application()
call_command("migrate", "--run-syncdb", "--verbosity=0")  # makes the tables of your models
