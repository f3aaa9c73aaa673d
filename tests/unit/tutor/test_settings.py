"""Settings come from the environment, then a file, then defaults; a wrong value is one sentence."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import ValidationError

from tutor.settings import FILE, Settings, SettingsError, load, masked
from workers.clocks import Clocks


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in list(os.environ):
        if name.upper().startswith("PRAMANA_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("PRAMANA_HOME", str(tmp_path))
    return tmp_path


def source(name: str) -> str:
    return next(row.source for row in load().shown if row.name == f"PRAMANA_{name}")


def test_defaults_are_those_of_a_laptop(home: Path) -> None:
    settings = load().settings
    assert settings.host == "127.0.0.1"
    assert settings.database_url == f"sqlite:///{home}/pramana.db"
    assert settings.broker_url is None
    assert settings.clocks == Clocks()
    assert settings.log_text is False
    assert settings.tracing_endpoint is None


def test_the_environment_comes_before_the_file_and_the_file_before_defaults(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (home / FILE).write_text('port = 9000\nhost = "::1"\nhosts = ["a.example"]\n', encoding="utf-8")
    monkeypatch.setenv("PRAMANA_PORT", "9001")
    settings = load().settings
    assert (settings.port, settings.host, settings.hosts) == (9001, "::1", ("a.example",))
    assert [source(name) for name in ("PORT", "HOST", "LOG_LEVEL")] == ["environment", "file", "default"]
    assert load(port=9002).settings.port == 9002
    assert load(port=None).settings.port == 9001


def test_lists_are_written_with_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRAMANA_HOSTS", "a.example, b.example")
    assert load().settings.hosts == ("a.example", "b.example")


def test_an_empty_value_is_none_given_and_none_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRAMANA_PORT", "")
    monkeypatch.setenv("PRAMANA_BROKER_URL", "none")
    monkeypatch.setenv("PRAMANA_RATE_LIMIT", "none")
    settings = load().settings
    assert (settings.port, settings.broker_url, settings.rate_limit) == (8000, None, None)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("PORT", "x", "PRAMANA_PORT is 'x', but must be a whole number"),
        ("PORT", "70000", "PRAMANA_PORT is '70000', but must be less than or equal to 65535"),
        ("LOG_LEVEL", "loud", "PRAMANA_LOG_LEVEL is 'loud', but must be 'debug', 'info', 'warning' or 'error'"),
        (
            "DATABASE_URL",
            "mysql://u:secret@h/d",
            "PRAMANA_DATABASE_URL is 'mysql://u:***@h/d', but must begin with sqli",
        ),
        ("BROKER_URL", "amqp://h", "PRAMANA_BROKER_URL is 'amqp://h', but must begin with redis:// or rediss:// or"),
        ("RATE_LIMIT", "often", "PRAMANA_RATE_LIMIT is 'often', but must read like 1200/minute"),
        ("CHECK_SECONDS", "50", "the clocks must be in order"),
        ("CHECK_SECONDS", "nan", "PRAMANA_CHECK_SECONDS is 'nan'"),
    ],
)
def test_a_wrong_value_is_one_sentence(name: str, value: str, said: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"PRAMANA_{name}", value)
    with pytest.raises(SettingsError) as caught:
        load()
    (sentence,) = caught.value.sentences
    assert sentence.startswith(said)
    assert "secret" not in sentence


def test_a_wrong_value_in_the_file_is_told_from_one_in_the_environment(home: Path) -> None:
    (home / FILE).write_text("port = 0.5", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"PRAMANA_PORT is '0.5' in settings.toml"):
        load()
    (home / FILE).write_text("port = ", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"settings.toml cannot be read"):
        load()


def test_unknown_names_are_told_with_the_nearest_known(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PRAMANA_BROKR_URL", "redis://h")
    (home / FILE).write_text("colour = 1\nprot = 2\n", encoding="utf-8")
    assert load().warnings == (
        "PRAMANA_BROKR_URL is no setting; did you mean PRAMANA_BROKER_URL?",
        "settings.toml: colour is no setting",
        "settings.toml: prot is no setting; did you mean port?",
    )


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        load().settings.port = 1  # type: ignore[misc]


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://user:pa/ss@w@host/db", "postgresql://user:***@host/db"),
        ("redis://:secret@host:6379/0", "redis://:***@host:6379/0"),
        ("redis://host:6379/0", "redis://host:6379/0"),
        ("postgresql://host/db?user=u&password=secret", "postgresql://host/db?user=u&password=***"),
        ("/home/a:b@c", "/home/a:b@c"),
    ],
)
def test_passwords_are_masked(url: str, shown: str) -> None:
    assert masked(url) == shown


def test_every_setting_has_a_meaning() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_the_command_shows_values_and_sources(home: Path) -> None:
    pramana = str(Path(sys.executable).parent / "pramana")
    given = os.environ | {"PRAMANA_BROKER_URL": "redis://:secret@h", "PRAMANA_PROT": "1"}
    done = subprocess.run([pramana, "config", "--json"], env=given, capture_output=True, text=True, timeout=60)
    shown = json.loads(done.stdout)
    assert shown["PRAMANA_BROKER_URL"]["value"] == "redis://:***@h"
    assert shown["PRAMANA_HOME"] == {"value": str(home), "source": "environment", "meaning": "folder of all data"}
    assert "did you mean PRAMANA_PORT?" in done.stderr
    plain = subprocess.run([pramana, "config"], env=given, capture_output=True, text=True, timeout=60)
    assert "redis://:***@h" in plain.stdout
    assert "secret" not in plain.stdout
    wrong = subprocess.run([pramana, "config"], env=given | {"PRAMANA_PORT": "x"}, capture_output=True, timeout=60)
    assert (wrong.returncode, wrong.stdout) == (2, b"")
