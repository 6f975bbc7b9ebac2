"""Who gives roles, on the page of users and from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from backyard.accounts.models import Role
from backyard.cli import main
from tests.unit.web.conftest import Site


def test_an_admin_makes_an_instructor(site: Site) -> None:
    answer = site.browser("admin").post("/admin/users", username="Member", role="instructor")
    assert answer.location == "/admin/users"
    assert "member is now: instructor." in site.browser("admin").get("/admin/users").text
    assert site.user("member").role is Role.INSTRUCTOR


def test_a_new_role_counts_from_the_next_request_on(site: Site) -> None:
    browser = site.browser("instructor")
    assert "Make a cohort" in browser.get("/cohorts").text
    site.browser("admin").post("/admin/users", username="instructor", role="learner")
    assert "Make a cohort" not in browser.get("/cohorts").text
    assert browser.post("/cohorts", name="Spring").status_code == 403


@pytest.mark.parametrize("who", ["instructor", "member"])
def test_nobody_but_an_admin_gives_roles(site: Site, who: str) -> None:
    answer = site.browser(who).post("/admin/users", username=who, role="admin")
    assert answer.status_code == 403
    assert site.user(who).role is not Role.ADMIN


@pytest.mark.parametrize(
    ("username", "role", "sentence"),
    [
        ("nobody", "admin", "Nobody here is called"),
        ("<script>", "admin", "&lt;script&gt;"),
        ("", "admin", "Type a username."),
        ("member", "king", "Not a valid choice."),
    ],
)
def test_a_role_is_not_given(site: Site, username: str, role: str, sentence: str) -> None:
    answer = site.browser("admin").post("/admin/users", username=username, role=role)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert "<script>" not in answer.text


def test_the_last_admin_stays_one(site: Site) -> None:
    admin = site.browser("admin")
    answer = admin.post("/admin/users", username="admin", role="learner")
    assert "admin is the only admin." in answer.text
    assert admin.post("/admin/users", username="admin", role="admin").status_code == 302
    admin.post("/admin/users", username="member", role="admin")
    assert admin.post("/admin/users", username="admin", role="learner").status_code == 302
    assert site.user("admin").role is Role.LEARNER


@pytest.fixture
def command(site: Site, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    """A shell in which `backyard` means this site."""
    monkeypatch.setenv("BACKYARD_INSTANCE", str(site.settings.instance))
    return CliRunner()


def role(command: CliRunner, *arguments: str) -> Result:
    return command.invoke(main, ["role", *arguments])


def test_an_operator_gives_roles_without_a_browser(site: Site, command: CliRunner) -> None:
    said = role(command, "Member@example.org", "instructor")
    assert (said.exit_code, said.output) == (0, "member is now: instructor.\n")
    assert site.user("member").role is Role.INSTRUCTOR


def test_an_operator_makes_another_admin_first(site: Site, command: CliRunner) -> None:
    said = role(command, "admin", "learner")
    assert said.exit_code == 1
    assert said.output.startswith("Error: admin is the only admin.")
    assert role(command, "member", "admin").exit_code == 0
    assert role(command, "admin", "learner").exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["nobody", "admin"], 1, "Error: Nobody here is called 'nobody'."),
        (["member", "king"], 2, "'king' is not one of"),
        (["member"], 2, "Missing argument"),
    ],
)
def test_the_command_says_what_is_wrong(
    command: CliRunner, arguments: list[str], code: int, sentence: str
) -> None:
    said = role(command, *arguments)
    assert said.exit_code == code
    assert sentence in said.output


def test_the_command_says_that_nothing_is_set_up(
    command: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BACKYARD_INSTANCE", str(tmp_path))
    assert "Run `backyard setup`" in role(command, "member", "admin").output
    (tmp_path / "secret_key").write_text("0123456789abcdef" * 4)
    said = role(command, "member", "admin")
    assert said.exit_code == 1
    assert "no such table: users. Run `backyard setup` first." in said.output


def test_the_command_says_that_the_database_is_none(
    command: CliRunner, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BACKYARD_INSTANCE", str(tmp_path))
    (tmp_path / "secret_key").write_text("0123456789abcdef" * 4)
    (tmp_path / "backyard.sqlite3").write_bytes(b"not a database " * 100)
    said = role(command, "member", "admin")
    assert said.exit_code == 1
    assert "The database can't be used: file is not a database." in said.output
