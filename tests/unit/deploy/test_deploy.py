"""`deploy/` held against itself and against the program, as far as that goes without an engine."""

import re
from typing import Any

import click
import pytest
import yaml
from prometheus_client import generate_latest
from prometheus_client.parser import text_string_to_metric_families
from typer.main import get_command

from tests.compose import COMPOSE, interpolated, service, services
from tutor.cli.app import app
from tutor.settings import PREFIX, Settings
from workers.metrics import Metrics

DEPLOY = COMPOSE.parent
ROOT = DEPLOY.parent
SETTINGS = {PREFIX + name.upper() for name in Settings.model_fields}
OURS = [name for name in services() if service(name).get("build")]
ONE_SHOT = {"migrate"}
CONTAINERFILE = (DEPLOY / "Containerfile").read_text()


def instructions(name: str) -> list[str]:
    joined = CONTAINERFILE.replace("\\\n", " ")
    return [line.removeprefix(name).strip() for line in joined.splitlines() if line.startswith(name + " ")]


def test_all_parts_are_there() -> None:
    assert set(services()) == {"migrate", "api", "quick", "heavy", "redis", "postgres", "prometheus"}


@pytest.mark.parametrize("name", services())
def test_images_of_others_are_pinned_to_a_version(name: str) -> None:
    if name not in OURS:
        assert re.fullmatch(r"[\w./-]+:v?\d+(\.\d+)+(-\w+)?", service(name)["image"])


def test_the_base_image_is_pinned_and_the_same_throughout() -> None:
    bases = {line.split()[0] for line in instructions("FROM")}
    assert len(bases) == 1
    assert re.fullmatch(r"python:3\.\d+\.\d+-slim-\w+", bases.pop())


@pytest.mark.parametrize("name", services())
def test_what_runs_on_says_whether_it_is_well(name: str) -> None:
    check = service(name)["healthcheck"]
    if name in ONE_SHOT:
        assert check == {"disable": True}
        assert service(name)["restart"] == "no"
    else:
        assert check["test"][0] == "CMD"
        assert {"interval", "timeout", "retries"} <= check.keys()
        assert service(name)["restart"] == "unless-stopped"


@pytest.mark.parametrize("name", OURS)
def test_every_setting_given_is_one(name: str) -> None:
    given = {key for key in service(name)["environment"] if key.startswith(PREFIX)}
    assert given
    assert given <= SETTINGS


def test_the_image_sets_settings_that_there_are() -> None:
    assert set(re.findall(rf"\b({PREFIX}\w+)=", CONTAINERFILE)) <= SETTINGS


@pytest.mark.parametrize("name", OURS)
def test_every_command_is_one_that_the_program_takes(name: str) -> None:
    check = service(name)["healthcheck"].get("test", [])
    for words in (service(name)["command"], check[2:] if check[1:2] == ["pramana"] else None):
        if words is None:
            continue
        command: Any = get_command(app)
        context = click.Context(command)
        words = [interpolated(word) for word in words]
        while hasattr(command, "resolve_command"):
            word, command, words = command.resolve_command(context, words)
            context = click.Context(command, parent=context, info_name=word)
        assert command.make_parser(context).parse_args(args=list(words))[1] == []


def test_no_secret_is_written_down() -> None:
    for path in DEPLOY.iterdir():
        for line in path.read_text().splitlines():
            written = re.sub(r"\$\{\w+:\?[^}]*\}", "", line)
            assert not re.search(r"(?i)(password|secret|token)\w*\s*[:=]\s*\S", written), f"{path}: {line}"
            assert not re.search(r"://\w+:[^@\s/]+@", written), f"{path}: {line}"


@pytest.mark.parametrize("name", services())
def test_only_this_machine_reaches_what_is_published(name: str) -> None:
    published = [str(port) for port in service(name).get("ports", [])]
    assert all(port.startswith("127.0.0.1:") for port in published)
    assert bool(published) == (name in {"api", "prometheus"})


@pytest.mark.parametrize("name", services())
def test_what_is_waited_for_is_there_and_tells(name: str) -> None:
    for other, how in service(name).get("depends_on", {}).items():
        condition = "service_completed_successfully" if other in ONE_SHOT else "service_healthy"
        assert how == {"condition": condition}
        assert "healthcheck" in service(other)


def test_volumes_and_files_that_are_mounted_are_there() -> None:
    named = set(yaml.safe_load(COMPOSE.read_text())["volumes"])
    mounted = {str(volume).split(":")[0] for name in services() for volume in service(name).get("volumes", [])}
    assert {source for source in mounted if not source.startswith(".")} == named
    assert all((DEPLOY / source).is_file() for source in mounted if source.startswith("."))


def test_the_broker_forgets_nothing() -> None:
    command = service("redis")["command"]
    assert command[command.index("--appendonly") + 1] == "yes"
    assert command[command.index("--maxmemory-policy") + 1] == "noeviction"


def test_workers_know_no_database() -> None:
    for name in ("quick", "heavy"):
        assert "PRAMANA_DATABASE_URL" not in service(name)["environment"]


def test_a_stop_waits_for_the_longest_check() -> None:
    for name in ("api", "quick", "heavy"):
        grace = int(service(name)["stop_grace_period"].removesuffix("s"))
        assert grace > Settings.model_fields["group_seconds"].default


def test_the_image_is_built_of_what_is_there_and_runs_as_nobody_in_particular() -> None:
    copied = [word for line in instructions("COPY") if "--from" not in line for word in line.split()[:-1]]
    assert copied
    assert all((ROOT / source).exists() for source in copied)
    kept = {line.removeprefix("!") for line in (DEPLOY / "Containerfile.dockerignore").read_text().splitlines()}
    assert set(copied) <= kept
    packages = re.search(r"^packages = \[(.*)\]$", (ROOT / "pyproject.toml").read_text(), re.M)
    assert packages is not None
    assert set(re.findall(r'"(\w+)"', packages[1])) <= set(copied)
    assert instructions("USER")
    assert "root" not in instructions("USER")
    assert instructions("HEALTHCHECK")
    assert instructions("ENTRYPOINT") == ['["pramana"]']


def test_alerts_watch_figures_that_are_told() -> None:
    told = {family.name for family in text_string_to_metric_families(generate_latest(Metrics().registry).decode())}
    rules = yaml.safe_load((DEPLOY / "alerts.yml").read_text())
    asked = " ".join(rule["expr"] for group in rules["groups"] for rule in group["rules"])
    watched = set(re.findall(r"\bpramana_\w+", asked))
    assert watched
    assert {re.sub(r"_(total|bucket)$", "", name) for name in watched} <= told


def test_prometheus_asks_where_the_server_listens() -> None:
    config = yaml.safe_load((DEPLOY / "prometheus.yml").read_text())
    (found,) = config["scrape_configs"][0]["dns_sd_configs"]
    assert found["names"] == ["api"]
    assert service("api")["ports"][0].endswith(f":{found['port']}")
    assert all((DEPLOY / name).is_file() for name in config["rule_files"])
