"""`deploy/compose.yaml` as the tests read it."""

import re
from functools import cache
from pathlib import Path
from typing import Any

import yaml

COMPOSE = Path(__file__).resolve().parents[1] / "deploy" / "compose.yaml"


@cache
def services() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(COMPOSE.read_text())["services"]
    return found


def service(name: str) -> dict[str, Any]:
    found: dict[str, Any] = services()[name]
    return found


def interpolated(text: str, **variables: str) -> str:
    """With `${NAME:-default}` and `${NAME:?message}` replaced."""

    def value(matched: re.Match[str]) -> str:
        name, kind, rest = matched.groups()
        if name in variables:
            return variables[name]
        if kind == "?":
            raise KeyError(rest)
        return rest

    return re.sub(r"\$\{(\w+):([-?])([^}]*)\}", value, text)
