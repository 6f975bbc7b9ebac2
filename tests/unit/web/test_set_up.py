"""`backyard setup`: what must be there before the first request."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from backyard import create_app
from backyard.accounts.models import Role, User
from backyard.accounts.services import authenticate, find
from backyard.cli import main
from backyard.config import ConfigurationError, Settings
from backyard.db import db
from backyard.setup import prepare


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An instance that is still to be made, and no exercises."""
    (tmp_path / "exercises").mkdir()
    return Settings(instance=tmp_path / "deep" / "instance", exercises_dir=tmp_path / "exercises")


def run(settings: Settings) -> list[str]:
    """Set up, and return what was said."""
    said: list[str] = []
    prepare(settings, said.append)
    return said


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_only_the_owner_may_read_what_it_makes(settings: Settings) -> None:
    run(settings)
    assert mode(settings.instance) == 0o700
    assert mode(settings.secret_key_file) == 0o600


def test_the_admins_password_is_said_once_and_works(settings: Settings) -> None:
    password = re.search(r"Username: admin  Password: (\S+)", "\n".join(run(settings)))
    assert password
    with create_app(settings).app_context():
        admin = authenticate("admin", password[1])
        assert admin
        assert admin.role is Role.ADMIN


def test_a_second_time_changes_nothing_and_says_nothing(settings: Settings) -> None:
    run(settings)
    key = settings.secret_key()
    assert run(settings) == []
    assert settings.secret_key() == key
    with create_app(settings).app_context():
        assert len(db.session.scalars(select(User)).all()) == 1


def test_every_instance_has_a_key_of_its_own(settings: Settings, tmp_path: Path) -> None:
    other = settings.model_copy(update={"instance": tmp_path / "other"})
    run(settings)
    run(other)
    assert settings.secret_key() != other.secret_key()


def test_an_old_folder_keeps_its_mode(settings: Settings) -> None:
    settings.instance.mkdir(parents=True)
    settings.instance.chmod(0o770)
    run(settings)
    assert mode(settings.instance) == 0o770


def test_no_second_admin_is_made_under_the_first_ones_name(settings: Settings) -> None:
    run(settings)
    with create_app(settings).app_context():
        admin = find("admin")
        assert admin
        admin.role = Role.LEARNER
        db.session.commit()
    with pytest.raises(ConfigurationError, match="Somebody has this username already"):
        run(settings)


def test_a_broken_exercise_is_told_and_stops_nothing(settings: Settings) -> None:
    folder = settings.exercises_dir / "sql" / "half"
    folder.mkdir(parents=True)
    (folder / "exercise.toml").write_text("titel = 'typo'")
    assert any(
        "Exercise sql/half is not published as it is: exercise.toml: " in line
        for line in run(settings)
    )


def command(monkeypatch: pytest.MonkeyPatch, **variables: object) -> tuple[int, str]:
    for name, value in variables.items():
        monkeypatch.setenv(f"BACKYARD_{name}", str(value))
    said = CliRunner().invoke(main, ["setup"])
    return said.exit_code, said.output


def test_without_exercises_the_command_says_which_setting_to_change(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, said = command(monkeypatch, INSTANCE=settings.instance, EXERCISES_DIR=tmp_path / "no")
    assert code == 1
    assert "Set BACKYARD_EXERCISES_DIR to where the exercises are." in said


def test_a_file_in_the_folders_place_is_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "instance").write_text("")
    code, said = command(monkeypatch, INSTANCE=tmp_path / "instance", EXERCISES_DIR=tmp_path)
    assert (code, said) == (1, f"Error: {tmp_path / 'instance'}: File exists.\n")


def test_a_database_that_is_none_is_one_sentence(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.instance.mkdir(parents=True)
    (settings.instance / "backyard.sqlite3").mkdir()
    code, said = command(
        monkeypatch, INSTANCE=settings.instance, EXERCISES_DIR=settings.exercises_dir
    )
    assert code == 1
    assert said.endswith("Error: The database can't be used: unable to open database file.\n")


def test_a_file_that_is_no_database_is_one_sentence(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.instance.mkdir(parents=True)
    (settings.instance / "backyard.sqlite3").write_bytes(b"not a database " * 100)
    code, said = command(
        monkeypatch, INSTANCE=settings.instance, EXERCISES_DIR=settings.exercises_dir
    )
    assert code == 1
    assert said.endswith("Error: The database can't be used: file is not a database.\n")
