import os

import psycopg
from flask import Flask

PLANTED = """
CREATE FUNCTION public.current_schema() RETURNS text LANGUAGE plpgsql AS $$
BEGIN RETURN (SELECT secret FROM public.secrets); END $$;
SET search_path = public, pg_catalog;
"""


def create_app():
    app = Flask(__name__)
    session = psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)

    @app.post("/")
    def plant():
        session.execute(PLANTED)
        return ""

    @app.get("/")
    def tell():
        return session.execute("select current_schema()").fetchone()[0]

    return app
