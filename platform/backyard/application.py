"""The factory: it wires the parts together, and does nothing else."""

from __future__ import annotations

from flask import Flask

from backyard.accounts import views as accounts
from backyard.accounts.sessions import init_sessions, optional_user
from backyard.assets import init_assets
from backyard.catalog import views as catalog
from backyard.cohorts import views as cohorts
from backyard.config import Settings
from backyard.db import init_database
from backyard.errors import init_errors
from backyard.failures import views as failures
from backyard.hints import views as hints
from backyard.security import init_security
from backyard.solutions import views as solutions
from backyard.submissions import compare_views as submissions
from backyard.teaching import regrade_views as teaching
from backyard.workbench import views as workbench


def build(settings: Settings) -> Flask:
    """Return the application. No migration, network, prompt or thread happens here."""
    app = Flask("backyard", instance_path=str(settings.instance.absolute()))
    app.config.from_mapping(settings.for_flask())
    app.extensions["backyard.settings"] = settings
    init_database(app)
    init_security(app, settings)
    init_sessions(app)
    init_errors(app)
    init_assets(app)
    app.context_processor(lambda: {"user": optional_user()})
    for feature in (accounts, catalog, workbench, submissions, cohorts, failures, teaching):
        app.register_blueprint(feature.blueprint)
    for feature in (hints, solutions):
        app.register_blueprint(feature.blueprint)
    return app
