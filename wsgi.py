"""What a WSGI server loads: `gunicorn wsgi:app`."""

from backyard import create_app

app = create_app()
