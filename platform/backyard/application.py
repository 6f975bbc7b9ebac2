"""The factory: it wires the parts together, and does nothing else."""

from __future__ import annotations

from typing import Final

from flask import Flask

from backyard.accounts import recovery_views, settings_views
from backyard.accounts import views as accounts
from backyard.accounts.exporting import export_account, init_exporting
from backyard.accounts.sessions import init_sessions, optional_user
from backyard.accounts.theme import page_theme
from backyard.assets import init_assets
from backyard.catalog import views as catalog
from backyard.catalog.exporting import export_progress
from backyard.cohorts import views as cohorts
from backyard.cohorts.exporting import export_cohorts
from backyard.config import Settings
from backyard.db import init_database
from backyard.errors import init_errors
from backyard.failures import views as failures
from backyard.hints import views as hints
from backyard.hints.exporting import export_hints
from backyard.home import views as home
from backyard.mail.outbox import init_mail, mailer_of
from backyard.portfolio import views as portfolio
from backyard.portfolio.exporting import export_portfolio
from backyard.security import init_security
from backyard.solutions import views as solutions
from backyard.solutions.exporting import export_shared
from backyard.submissions import compare_views as submissions
from backyard.submissions.exporting import export_submissions
from backyard.submissions.notice import init_notice
from backyard.teaching import regrade_views as teaching
from backyard.tryouts import views as tryouts
from backyard.tryouts.exporting import export_tryout
from backyard.workbench import views as workbench
from backyard.workbench.exporting import export_drafts

FEATURES: Final = (
    accounts,
    home,
    catalog,
    workbench,
    submissions,
    tryouts,
    cohorts,
    portfolio,
    hints,
    solutions,
    failures,
    teaching,
)
"""Each a folder with a blueprint in its views."""

EXPORTERS: Final = (
    export_account,
    export_progress,
    export_cohorts,
    export_submissions,
    export_drafts,
    export_hints,
    export_shared,
    export_portfolio,
    export_tryout,
)
"""What the download of all one's data is made of: a feature that holds some adds its function."""

ACCOUNT_PAGES = (recovery_views, settings_views)  # they add to the blueprint of accounts


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
    init_mail(app, mailer_of(settings.smtp_url.get_secret_value(), settings.sender))
    init_notice(app)
    init_exporting(app, EXPORTERS)
    app.context_processor(lambda: {"user": optional_user(), "theme": page_theme()})
    for feature in FEATURES:
        app.register_blueprint(feature.blueprint)
    return app
