"""Settings: flags win over CLAUSEWISE_* variables, those over `clausewise.toml`, those over the defaults here.

Only the command line, the app factory and the `__main__`s read settings; everything else takes arguments.
"""

from __future__ import annotations

import difflib
import logging
import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from ingest.errors import SettingsError
from ingest.limits import Limits

log = logging.getLogger(__name__)

CONFIG_NAME = "clausewise.toml"
PREFIX = "CLAUSEWISE_"
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?|https?://\[[0-9a-fA-F:]+\](:\d{1,5})?")


_LIMITS = Limits()


def _web_address(value: str | None) -> str | None:
    if value is not None and not value.startswith(("http://", "https://")):
        raise ValueError("must begin with http:// or https://")
    return value or None


class LimitSettings(BaseModel):
    """What one file may cost; a file over a limit is skipped and told, the others go on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    bytes: int = Field(_LIMITS.bytes, ge=1, description="largest file that is read")
    characters: int = Field(_LIMITS.characters, ge=1, description="longest text of one document")
    pages: int = Field(_LIMITS.pages, ge=1, description="most pages of one document")
    seconds: float = Field(_LIMITS.seconds, gt=0, description="longest time that reading one file may take")
    ratio: int = Field(_LIMITS.ratio, ge=1, description="most that a packed file may unpack to, as a multiple")
    depth: int = Field(_LIMITS.depth, ge=1, description="deepest nesting of a web page, or of mails in mails")
    memory: int = Field(_LIMITS.memory, ge=0, description="most memory that reading a file may take; 0: no limit")
    files: int = Field(100_000, ge=1, description="most files of one corpus folder")

    def of_one_file(self) -> Limits:
        """The same as the readers take it."""
        return Limits(**{field.name: getattr(self, field.name) for field in fields(Limits)})


class OidcSettings(BaseModel):
    """The organisation's identity provider, for `auth = "oidc"`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    issuer: str | None = Field(None, description="its address, as it stands in tokens")
    audience: str | None = Field(None, description="the audience that tokens must name")
    groups_claim: str = Field("groups", min_length=1, description="the claim that lists a user's groups")
    admin_group: str | None = Field(None, description="the group whose members may administer")
    leeway_seconds: int = Field(60, ge=0, le=600, description="how far clocks may differ")
    client_id: str | None = Field(None, description="client for signing in on the pages; unset: tokens alone")
    client_secret: str | None = Field(None, description="secret of that client")
    scopes: str = Field("openid profile", pattern=r"^openid\b", description="what is asked for at that sign-in")


class TelemetrySettings(BaseModel):
    """OpenTelemetry; nothing is sent without an endpoint."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    endpoint: str | None = Field(
        None, description="address that traces are sent to, such as http://collector:4318/v1/traces; unset: none are"
    )
    service: str = Field("clausewise", min_length=1, description="name of the service in traces")

    @field_validator("endpoint")
    @classmethod
    def _address(cls, value: str | None) -> str | None:
        return _web_address(value)


class Settings(BaseSettings):
    """Every setting with its default.  `limits.pages` is CLAUSEWISE_LIMITS__PAGES as a variable."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_nested_delimiter="__", extra="forbid", frozen=True, validate_default=True
    )
    config_file: ClassVar[Path | None] = None  # set by load_settings on a subclass of its own

    data: Path = Field(Path("var"), description="folder of everything that Clausewise writes")
    corpus: Path = Field(Path("corpus"), description="folder of the documents")

    model: str | None = Field(
        None, description="embedding model: a folder, or a name in the local model cache; unset: the one installed"
    )
    threads: int = Field(1, ge=1, le=256, description="CPU threads that encode one question")
    ingest_threads: int = Field(2, ge=1, le=256, description="CPU threads that encode documents")

    database_url: str | None = Field(None, description="SQLAlchemy URL of the catalogue; unset: SQLite in `data`")
    chroma_url: str | None = Field(None, description="URL of a Chroma server; unset: embedded, in `data`")

    host: str = Field("127.0.0.1", min_length=1, description="address that the service listens on")
    port: int = Field(8000, ge=0, le=65_535, description="port that the service listens on")
    root_path: str = Field("", description="path under which a reverse proxy serves it, such as /clausewise")
    trusted_proxies: str = Field("127.0.0.1", description="addresses of proxies whose X-Forwarded headers are believed")
    hosts: tuple[str, ...] = Field(
        (), description="names under which it is reached; unset: on loopback without authentication only this machine's"
    )
    workers: int = Field(2, ge=1, le=64, description="questions that are answered at the same time")
    rate_limit: int | None = Field(
        None, ge=0, description="questions a minute for one asker, 0 for no limit; unset: 60, and no limit on loopback"
    )
    rate_limit_origin: int | None = Field(
        None,
        ge=0,
        description="questions a minute from one site's pages, 0 for no limit; unset: 600, and no limit on loopback",
    )
    origins: tuple[str, ...] = Field(
        (), description="sites that may embed the widget, such as https://intranet.example"
    )
    starters: tuple[str, ...] = Field((), description="questions to start with; unset: some that the documents answer")
    auth: Literal["none", "keys", "oidc"] = Field(
        "none", description="who may ask: anyone, key holders, or the users of an identity provider"
    )
    oidc: OidcSettings = Field(default_factory=OidcSettings, description="the identity provider")
    keep_answers_days: int = Field(90, ge=0, description="days that answers are kept for the audit, 0 for not at all")
    telemetry: TelemetrySettings = Field(default_factory=TelemetrySettings, description="OpenTelemetry traces")

    limits: LimitSettings = Field(default_factory=LimitSettings, description="what one file may cost")

    @field_validator("data", "corpus")
    @classmethod
    def _home(cls, value: Path) -> Path:
        return value.expanduser()

    @field_validator("chroma_url")
    @classmethod
    def _web(cls, value: str | None) -> str | None:
        return _web_address(value)

    @field_validator("origins")
    @classmethod
    def _sites(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for origin in value:
            if not _ORIGIN.fullmatch(origin):
                raise ValueError(f"{origin} is not a site: write it as https://intranet.example, without a path")
        return value

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        sources: list[PydanticBaseSettingsSource] = [init_settings, env_settings]
        if cls.config_file is not None:
            sources.append(TomlConfigSettingsSource(settings_cls, cls.config_file))
        return tuple(sources)


def load_settings(config: Path | None = None, flags: Mapping[str, Any] | None = None) -> Settings:
    """The settings in force.

    config   the settings file (None: CLAUSEWISE_CONFIG, else `clausewise.toml` where it exists)
    flags    what the command line gave; a None is a flag that was not given

    Raises SettingsError, which names the setting as its user wrote it and says what it may be.
    """
    asked = config or (Path(named) if (named := os.environ.get(f"{PREFIX}CONFIG")) else None)
    if asked is not None and not asked.is_file():
        raise SettingsError(str(asked), "there is no such settings file")
    found = asked or (Path(CONFIG_NAME) if Path(CONFIG_NAME).is_file() else None)
    if found is not None:
        _check_file(found)
    _warn_of_unknown_variables()

    class Here(Settings):
        config_file = found

    try:
        return Here(**{name: value for name, value in (flags or {}).items() if value is not None})
    except ValidationError as error:
        raise _ours(error, flags or {}, found) from error
    except (ValueError, OSError) as error:
        raise SettingsError("", str(error)) from error


def describe_settings() -> list[tuple[str, str, str]]:
    """(name, default, meaning) of every setting, for the README's table and `--help`."""
    rows: list[tuple[str, str, str]] = []
    for name, field in Settings.model_fields.items():
        default = field.get_default(call_default_factory=True)
        if isinstance(default, BaseModel):
            for inner, part in type(default).model_fields.items():
                rows.append((f"{name}.{inner}", str(getattr(default, inner)), part.description or ""))
        else:
            rows.append((name, "" if default is None else str(default), field.description or ""))
    return rows


def _check_file(path: Path) -> None:
    """Refuse what TOML or the table of settings does not know, naming it."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError(str(path), f"cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise SettingsError(str(path), "is not UTF-8 text") from error
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(str(path), f"is not valid TOML: {error}") from error
    for name in table:
        if name not in Settings.model_fields:
            raise SettingsError(f"{path}: {name}", f"there is no such setting{_meant(name)}")


def _warn_of_unknown_variables() -> None:
    for variable in os.environ:
        if variable.startswith(PREFIX) and variable != f"{PREFIX}CONFIG":
            name = variable.removeprefix(PREFIX).lower().split("__")[0]
            if name not in Settings.model_fields:
                log.warning("%s is set, but there is no such setting%s", variable, _meant(name))


def _meant(name: str) -> str:
    near = difflib.get_close_matches(name.lower(), list(Settings.model_fields), n=1)
    return f"; did you mean `{near[0]}`?" if near else ""


def _ours(error: ValidationError, flags: Mapping[str, Any], file: Path | None) -> SettingsError:
    first = error.errors()[0]
    path = [str(part) for part in first["loc"]]
    variable = PREFIX + "__".join(path).upper()
    if path and flags.get(path[0]) is not None:
        shown = "--" + path[0].replace("_", "-")
    elif any(name.upper() == variable for name in os.environ):
        shown = variable
    else:
        shown = f"{file}: {'.'.join(path)}" if file else ".".join(path)
    message = first["msg"].removeprefix("Value error, ")
    given = "" if _SECRET.search(shown.lower()) else f" (it is {first['input']!r})"
    return SettingsError(shown, f"{message[:1].lower()}{message[1:]}{given}")


_SECRET = re.compile("url|token|secret|password|key|user")
