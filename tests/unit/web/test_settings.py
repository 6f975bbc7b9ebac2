"""Settings come from the environment, and what is wrong with them is said at once."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from backyard import create_app
from backyard.cli import main
from backyard.config import ROOT, ConfigurationError, Settings, load_settings

DOCUMENTED = ROOT / "docs" / "operating.md"


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("SESSION_DAYS", "0", "BACKYARD_SESSION_DAYS: Input should be greater than or equal to 1."),
        ("SESSION_DAYS", "two", "BACKYARD_SESSION_DAYS: Input should be a valid integer"),
        ("TRUSTED_PROXIES", "-1", "BACKYARD_TRUSTED_PROXIES: Input should be greater than"),
        ("SECURE_COOKIES", "perhaps", "BACKYARD_SECURE_COOKIES: Input should be a valid boolean"),
        ("PUBLIC_URL", "backyard.example", "BACKYARD_PUBLIC_URL: Input should be a valid URL"),
        ("PUBLIC_URL", "http://backyard.example", "is plain http, so anybody on the way could"),
        ("LOGIN_RATE", "often", "BACKYARD_LOGIN_RATE: write it as `10 per minute`"),
        ("SUBMIT_RATE", "", "BACKYARD_SUBMIT_RATE: write it as `10 per minute`"),
        ("DATABASE_URL", "a file", "BACKYARD_DATABASE_URL: write it as `sqlite:////folder/file`"),
        ("SMTP_URL", "mail.example", "BACKYARD_SMTP_URL: write it as `smtp://user:password@host"),
        ("SMTP_URL", "smtp+plain://u:p@mail.example", "would go to another machine unencrypted"),
        ("MAIL_FROM", "Backyard", "BACKYARD_MAIL_FROM: write it as `Backyard <"),
        ("MAIL_FROM", "a@b.example\nBcc: c@d.example", "BACKYARD_MAIL_FROM: write it as"),
        ("SUBMIT_RATES", "1/day", "Did you mean BACKYARD_SUBMIT_RATE?"),
        ("EXERCISE_DIR", "/x", "Did you mean BACKYARD_EXERCISES_DIR?"),
    ],
)
def test_a_wrong_setting_is_named_with_what_to_do(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, sentence: str
) -> None:
    monkeypatch.setenv(f"BACKYARD_{name}", value)
    with pytest.raises(ConfigurationError) as raised:
        load_settings()
    assert sentence in str(raised.value)
    assert str(raised.value).count("\n") == 0


def test_all_that_is_wrong_is_said_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKYARD_SESSION_DAYS", "0")
    monkeypatch.setenv("BACKYARD_JOIN_RATE", "often")
    with pytest.raises(ConfigurationError) as raised:
        load_settings()
    assert len(str(raised.value).splitlines()) == 2


def test_what_others_set_under_the_same_prefix_is_not_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKYARD_SERVICE_HOST", "10.0.0.1")  # Kubernetes does
    monkeypatch.setenv("BACKYARD_PORT", "tcp://10.0.0.1:80")
    load_settings()


@pytest.mark.parametrize("command", ["setup", "serve", "worker"])
def test_every_command_stops_with_the_sentence(
    monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    monkeypatch.setenv("BACKYARD_SESSION_DAYS", "0")
    said = CliRunner().invoke(main, [command])
    assert said.exit_code == 1
    assert said.output.startswith("Error: BACKYARD_SESSION_DAYS: ")


def test_a_setting_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BACKYARD_INSTANCE", str(tmp_path))
    monkeypatch.setenv("BACKYARD_SUBMIT_RATE", "3 per minute")
    settings = load_settings()
    assert (settings.instance, settings.submit_rate) == (tmp_path, "3 per minute")
    assert settings.database == f"sqlite:///{tmp_path}/backyard.sqlite3"


def test_without_settings_everything_is_in_the_checkout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BACKYARD_INSTANCE", raising=False)
    settings = Settings()
    assert (settings.instance, settings.exercises_dir) == (ROOT / "instance", ROOT / "exercises")


def test_a_database_elsewhere_keeps_its_password() -> None:
    url = "postgresql+psycopg://backyard:secret@db.example/backyard"
    assert Settings(database_url=url).database == url


def test_without_a_secret_key_there_is_no_application(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="Run `backyard setup` to make one"):
        create_app(Settings(instance=tmp_path))


def test_a_secret_key_that_is_too_short_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret_key").write_text("secret\n")
    with pytest.raises(ConfigurationError, match="is too short"):
        create_app(Settings(instance=tmp_path))


@pytest.mark.parametrize(
    ("url", "is_local"),
    [
        ("http://127.0.0.1:8000", True),
        ("http://127.8.8.8", True),
        ("http://[::1]:8000", True),
        ("http://localhost", True),
        ("http://backyard.localhost", True),
        ("https://localhost.evil.example", False),
        ("https://10.0.0.1", False),
        ("https://127.0.0.1.evil.example", False),
    ],
)
def test_which_addresses_are_this_machines_own(url: str, is_local: bool) -> None:
    assert Settings(public_url=url).is_local is is_local


def test_every_setting_is_documented() -> None:
    text = DOCUMENTED.read_text()
    names = [f"`BACKYARD_{field.upper()}`" for field in Settings.model_fields]
    assert [name for name in names if name not in text] == []
