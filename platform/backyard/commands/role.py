"""`backyard role`: who may do what, for operators without a browser."""

from __future__ import annotations

import click
from sqlalchemy.exc import DatabaseError

from backyard import create_app
from backyard.accounts.models import Role
from backyard.accounts.services import AccountError, set_role
from backyard.config import ConfigurationError


@click.command("role")
@click.argument("username")
@click.argument("role", type=click.Choice([role.value for role in Role]))
def role_command(username: str, role: str) -> None:
    """Make USERNAME (or the user of that email address) a learner, an instructor or an admin."""
    try:
        with create_app().app_context():
            user = set_role(username, Role(role))
    except (AccountError, ConfigurationError) as error:
        raise click.ClickException(str(error)) from None
    except DatabaseError as error:
        raise click.ClickException(
            f"The database can't be used: {error.orig}. Run `backyard setup` first."
        ) from None
    click.echo(f"{user.username} is now: {user.role}.")
