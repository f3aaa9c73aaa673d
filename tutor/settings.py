"""Everything that can be set, read in one place: the environment (`PRAMANA_*`), then `settings.toml` in PRAMANA_HOME,
then the defaults below. No other file reads the environment.
"""

import difflib
import os
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final, Literal, NamedTuple

from pydantic import BeforeValidator, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    InitSettingsSource,
    NoDecode,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from verifiers.protocol import Budget
from workers.broker import BrokerConfig
from workers.clocks import Clocks

PREFIX: Final = "PRAMANA_"
FILE: Final = "settings.toml"
_NONE: Final = frozenset({"", "none"})
_RATE: Final = re.compile(
    r"\s*[1-9]\d{0,8}\s*(?:/|\s+per\s+)\s*(?:[1-9]\d{0,4}\s*)?(?:second|minute|hour|day)s?\s*", re.I
)


def _default_home() -> Path:
    data = os.environ.get("XDG_DATA_HOME", "")
    return (Path(data) if Path(data).is_absolute() else Path.home() / ".local" / "share") / "pramana"


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _default_database(known: Mapping[str, Any]) -> str:
    return f"sqlite:///{known['home'] / 'pramana.db'}" if "home" in known else ""


def _none(value: object) -> object:
    return None if isinstance(value, str) and value.strip().lower() in _NONE else value


def _listed(value: object) -> object:
    return [item.strip() for item in value.split(",") if item.strip()] if isinstance(value, str) else value


Unset = Annotated[str | None, BeforeValidator(_none)]
Names = Annotated[tuple[str, ...], NoDecode, BeforeValidator(_listed)]
Seconds = Annotated[float, Field(gt=0, le=86_400, allow_inf_nan=False)]


class SettingsError(ValueError):
    """Settings that cannot be used; a sentence for each."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


class Settings(BaseSettings):
    """The values themselves; `load` reads them. The descriptions are what `pramana config` shows."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, env_ignore_empty=True, frozen=True, extra="ignore")

    home: Path = Field(default_factory=_default_home, description="folder of all data")
    database_url: str = Field(
        default_factory=_default_database, description="where jobs and keys are kept: sqlite:///… or postgresql://…"
    )
    broker_url: Unset = Field(None, description="redis://… that workers listen on; none checks in this process")
    broker_prefix: str = Field("pramana:", description="begins every key in Redis; installations that share one differ")

    host: str = Field("127.0.0.1", description="address to listen on; other than loopback needs keys")
    port: int = Field(8000, ge=0, le=65_535, description="port to listen on; 0 takes a free one")
    processes: int = Field(1, ge=1, le=64, description="server processes")
    hosts: Names = Field((), description="host names, beside the local ones, under which the server may be called")
    concurrency: int = Field(default_factory=_cores, ge=1, le=1024, description="sandbox processes; default all cores")

    check_seconds: Seconds = Field(Clocks().check, description="one claim, then its sandbox process is killed")
    reading_seconds: Seconds = Field(Clocks().reading, description="finding the claims of one answer")
    group_seconds: Seconds = Field(Clocks().group, description="all claims of one answer")
    deadline_seconds: Seconds = Field(Clocks().deadline, description="what is later is undecided (timeout) in a report")
    lease_seconds: Seconds = Field(
        Clocks().lease, description="silence after which a worker's task is given to another"
    )
    renewal_seconds: Seconds = Field(Clocks().renewal, description="how often a lease is renewed")
    visibility_seconds: Seconds = Field(
        Clocks().visibility, description="Redis' own redelivery, longer than all others"
    )

    body_limit: int = Field(2 * 2**20, ge=1024, description="most bytes of a request")
    batch_body_limit: int = Field(64 * 2**20, ge=1024, description="most bytes of a batch request")
    body_seconds: Seconds = Field(60.0, description="a request that is not all there by then is given up")
    batch_answers: int = Field(20_000, ge=1, description="most answers of a batch")
    rate_limit: Unset = Field("1200/minute", description="requests of one key; none for no limit")

    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="least severe line logged")
    log_format: Literal["console", "json"] = Field("console", description="form of log lines")
    log_text: bool = Field(False, description="whether logs may hold texts of questions and answers")
    tracing_endpoint: Unset = Field(None, description="http(s)://… that traces are sent to; none sends nothing")

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        given = {**env_settings(), **init_settings()}
        file = _file(Path(given.get("home") or _default_home()))
        return init_settings, env_settings, InitSettingsSource(settings_cls, file)

    @field_validator("home")
    @classmethod
    def _absolute(cls, home: Path) -> Path:
        return home.expanduser().absolute()

    @field_validator("database_url")
    @classmethod
    def _known_database(cls, url: str) -> str:
        return _of_scheme(url, ("sqlite", "postgresql"))

    @field_validator("broker_url")
    @classmethod
    def _known_broker(cls, url: str | None) -> str | None:
        return url and _of_scheme(url, ("redis", "rediss", "unix"))

    @field_validator("tracing_endpoint")
    @classmethod
    def _known_endpoint(cls, url: str | None) -> str | None:
        return url and _of_scheme(url, ("http", "https"))

    @field_validator("rate_limit")
    @classmethod
    def _known_rate(cls, rate: str | None) -> str | None:
        if rate is not None and not _RATE.fullmatch(rate):
            raise ValueError("must read like 1200/minute")
        return rate

    @model_validator(mode="after")
    def _clocks_in_order(self) -> "Settings":
        _ = self.clocks
        return self

    @property
    def clocks(self) -> Clocks:
        return Clocks(**{name: getattr(self, f"{name}_seconds") for name in Clocks.__struct_fields__})

    @property
    def broker(self) -> BrokerConfig:
        """Of the one that is set, or of a local one."""
        url = self.broker_url or BrokerConfig().url
        return BrokerConfig(url=url, prefix=self.broker_prefix, clocks=self.clocks, budget=self.budget)

    @property
    def budget(self) -> Budget:
        """What one claim may spend; part of every cache key, so servers and workers must have the same."""
        return Budget(seconds=self.check_seconds)

    @property
    def run(self) -> Path:
        """Folder of sockets and of what lives no longer than the server."""
        return self.home / "run"


class Shown(NamedTuple):
    """One setting as `pramana config` shows it. `source` is command line, environment, file or default."""

    name: str
    value: str
    source: str
    meaning: str


class Loaded(NamedTuple):
    settings: Settings
    shown: tuple[Shown, ...]
    warnings: tuple[str, ...]


def load(**given: Any) -> Loaded:
    """The settings with where each comes from. `given` are options of a command; None is not given.

    Raises:
        SettingsError: a value that cannot be used, or a file that cannot be read.
    """
    given = {name: value for name, value in given.items() if value is not None}
    environment = {
        key.upper().removeprefix(PREFIX).lower(): value
        for key, value in os.environ.items()
        if key.upper().startswith(PREFIX) and value
    }
    home = Path(given.get("home") or environment.get("home") or _default_home())
    file = _file(home)
    sources = {**dict.fromkeys(file, "file"), **dict.fromkeys(environment, "environment")}
    sources.update(dict.fromkeys(given, "command line"))
    try:
        settings = Settings(**given)
    except ValidationError as error:
        raise SettingsError(tuple(_sentence(details, sources) for details in error.errors())) from error
    shown = tuple(
        Shown(
            _variable(name),
            masked(_written(getattr(settings, name))),
            sources.get(name, "default"),
            field.description or "",
        )
        for name, field in Settings.model_fields.items()
    )
    return Loaded(settings, shown, _unknown(environment, PREFIX) + _unknown(file, f"{FILE}: "))


def masked(text: str) -> str:
    """The text without the passwords of its URLs."""
    text = re.sub(r"(?<=://)([^/@\s:]*):\S*@", r"\1:***@", text)
    return re.sub(r"(?<=[?&])(password|passwd|pwd|token|key|secret)=[^&\s]*", r"\1=***", text, flags=re.I)


def _variable(name: str) -> str:
    return PREFIX + name.upper()


def _written(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return ",".join(map(str, value)) or "none"
    return "none" if value is None else str(value)


def _file(home: Path) -> dict[str, Any]:
    path = home.expanduser() / FILE
    try:
        with path.open("rb") as file:
            return tomllib.load(file)
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise SettingsError((f"{path} cannot be read: {error}",)) from error


def _unknown(names: Mapping[str, Any], before: str) -> tuple[str, ...]:
    known = list(Settings.model_fields)
    warnings = []
    for name in sorted(set(names) - set(known)):
        near = difflib.get_close_matches(name, known, n=1)
        shown = (lambda n: n.upper()) if before == PREFIX else str
        hint = f"; did you mean {before if before == PREFIX else ''}{shown(near[0])}?" if near else ""
        warnings.append(f"{before}{shown(name)} is no setting{hint}")
    return tuple(warnings)


def _of_scheme(url: str, schemes: tuple[str, ...]) -> str:
    scheme = url.partition(":")[0].partition("+")[0]
    if "://" not in url or scheme not in schemes:
        raise ValueError("must begin with " + " or ".join(f"{scheme}://" for scheme in schemes))
    return url


def _sentence(details: ErrorDetails, sources: Mapping[str, str]) -> str:
    said = details["msg"].removeprefix("Value error, ")
    if not details["loc"]:
        return f"{said}: see PRAMANA_CHECK_SECONDS to PRAMANA_VISIBILITY_SECONDS"
    name = str(details["loc"][0])
    said = re.sub(r"^Input should", "must", said).replace(
        "must be a valid integer, unable to parse string as an integer", "must be a whole number"
    )
    where = {"file": f" in {FILE}", "command line": " on the command line"}.get(sources.get(name, ""), "")
    return f"{_variable(name)} is {masked(str(details['input']))!r}{where}, but {said}"
