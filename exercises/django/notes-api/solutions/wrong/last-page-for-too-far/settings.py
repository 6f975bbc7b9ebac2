"""The project's settings. This file is complete: you don't have to change it."""

SECRET_KEY = "for practice on your own machine only"
DEBUG = True  # errors are told in detail: never so where others can reach it
ROOT_URLCONF = "notes.urls"
INSTALLED_APPS = ["notes"]
MIDDLEWARE = [
    "django.middleware.csrf.CsrfViewMiddleware",
    "notes.people.identify",
]
DATABASES = {
    "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "notes.sqlite3"},
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
