"""Settings: config/default.toml, then config/local.toml, then TRACKER_* in the environment, into one frozen value.

A key that nobody knows is an error in all three places: a setting with a typing mistake would otherwise be silently
without effect.
"""

import os
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from tracker.domain.errors import ConfigError

PROJECT = Path(__file__).resolve().parent.parent
PREFIX = "TRACKER_"


class Settings(BaseModel):
    """Everything that may differ between two installations. docs/settings.md explains each; a test holds that."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    config_dir: Path = PROJECT / "config"
    data_dir: Path = PROJECT / "var"
    database_url: str = ""
    host: str = "127.0.0.1"
    port: int = Field(default=8000, ge=0, le=65535)
    public_url: str = ""
    contact: str = ""
    operator: str = ""
    data_licence: str = ""
    languages: tuple[str, ...] = Field(default=("en",), min_length=1)
    allowed_hosts: tuple[str, ...] = ()
    secret_key: str = Field(default="", repr=False)
    trusted_proxies: int = Field(default=0, ge=0)
    one_time_codes: bool = True
    passkeys: bool = True
    fetch_max_bytes: int = Field(default=10 * 1024 * 1024, gt=0)
    fetch_connect_seconds: float = Field(default=5, gt=0)
    fetch_read_seconds: float = Field(default=15, gt=0)
    fetch_total_seconds: float = Field(default=30, gt=0)
    fetch_redirects: int = Field(default=5, ge=0)
    collect_every_seconds: int = Field(default=60, gt=0)
    collect_lease_seconds: int = Field(default=300, gt=0)
    collect_workers: int = Field(default=32, gt=0)
    host_seconds: float = Field(default=1, ge=0)
    host_at_once: int = Field(default=2, gt=0)
    read_processes: int = Field(default=1, ge=0)
    read_seconds: float = Field(default=20, gt=0)
    read_megabytes: int = Field(default=1024, ge=0)
    whole_pages: bool = True
    congress_api_key: str = Field(default="", repr=False)
    retry_after_failure_seconds: int = Field(default=900, gt=0)
    digest_time_zone: str = "UTC"
    digest_weekday: int = Field(default=0, ge=0, le=6)
    digest_hour: int = Field(default=8, ge=0, le=23)
    mail_from: str = "Whereas <digest@whereas.invalid>"
    mail_lease_seconds: int = Field(default=300, gt=0)
    mail_domain_a_minute: int = Field(default=60, gt=0)
    smtp_host: str = ""
    smtp_port: int = Field(default=587, gt=0, le=65535)
    smtp_security: Literal["starttls", "tls", "none"] = "starttls"
    smtp_user: str = ""
    smtp_password: str = Field(default="", repr=False)
    smtp_seconds: float = Field(default=30, gt=0)
    embedded_jobs: bool = True
    fetch_log_days: int = Field(default=90, gt=0)

    @model_validator(mode="after")
    def _passwords_go_over_private_lines(self) -> Self:
        """Refuse to send a password where anybody on the way can read it; this machine's own server is not on a way."""
        open_line = self.smtp_security == "none" and self.smtp_host not in {"", "localhost", "127.0.0.1", "::1"}
        if open_line and self.smtp_user:
            raise ValueError('smtp_user needs smtp_security = "starttls" or "tls": the password would go unprotected')
        return self

    @property
    def database(self) -> str:
        """The database's address; a SQLite file in the data folder unless one is set."""
        return self.database_url or f"sqlite:///{self.data_dir / 'whereas.db'}"

    @property
    def keys(self) -> dict[str, str]:
        """The keys of interfaces that want one, by the reader that needs it."""
        return {"congress": self.congress_api_key} if self.congress_api_key else {}

    @property
    def outbox(self) -> Path:
        """The folder that mail is written to."""
        return self.data_dir / "outbox"

    @property
    def site(self) -> str:
        """The address under which people reach the site, without a slash at the end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")

    @property
    def user_agent(self) -> str:
        """How we name ourselves to servers, with a contact where one is set."""
        contact = f"; {self.contact}" if self.contact else ""
        return f"Whereas/0.1 (campaign tracker{contact})"


def read_toml(path: Path) -> dict[str, Any]:
    """Return a TOML file's content; raise ConfigError naming file and line when it cannot be read."""
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"reading the configuration file {path}: {error.strerror}; check that it is there") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigError(f"reading the configuration file {path}: {error}; mend that line") from error


@cache
def config_file(folder: Path, name: str) -> dict[str, Any]:
    """Return a file of the configuration folder, read once a process; an absent one is empty."""
    path = folder / name
    return read_toml(path) if path.exists() else {}


@cache
def names_of(folder: Path) -> dict[str, Any]:
    """Return the tables of all files in `names` of the configuration folder put together, read once a process.

    Lists of one name are joined in the order of the files' names, and so are tables of lists.
    """
    found: dict[str, Any] = {}
    for path in sorted((folder / "names").glob("*.toml")):
        for key, value in read_toml(path).items():
            found[key] = [*found.get(key, ()), *value] if isinstance(value, list) else found.get(key, {}) | value
    return found


def load(environment: Mapping[str, str] | None = None, **overrides: Any) -> Settings:
    """Return the settings; `overrides` (from the command line) win over the environment, which wins over the files.

    Raises ConfigError naming the first wrong key, where it stands, and what is allowed.
    """
    environment = os.environ if environment is None else environment
    folder = Path(environment.get(f"{PREFIX}CONFIG_DIR", str(PROJECT / "config")))
    if not folder.is_dir():
        raise ConfigError(f"reading settings from {folder}: there is no such folder; check {PREFIX}CONFIG_DIR")
    values: dict[str, Any] = {}
    for path in (folder / "default.toml", folder / "local.toml"):
        if path.exists():
            found = read_toml(path)
            _refuse_unknown(found, str(path))
            values.update(found)
    given = {key[len(PREFIX) :].lower(): value for key, value in environment.items() if key.startswith(PREFIX)}
    _refuse_unknown(given, "the environment", prefix=PREFIX)
    values.update({key: _split(key, value) for key, value in given.items()})
    values.update({key: value for key, value in overrides.items() if value is not None})
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        name = ".".join(str(part) for part in first["loc"])
        said = f"reading the setting {name}: {first['msg']}" if name else f"reading settings: {first['msg']}"
        # Of several settings that do not go together one may be a password.
        shown = f", found {first['input']!r}" if name and Settings.model_fields[str(first["loc"][0])].repr else ""
        raise ConfigError(f"{said}{shown}; docs/settings.md says what it takes") from None


def _split(key: str, value: str) -> Any:
    """Return an environment value; lists are written with commas."""
    if key in {"allowed_hosts", "languages"}:
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def _refuse_unknown(found: Mapping[str, Any], place: str, prefix: str = "") -> None:
    """Raise ConfigError for the first key that is no setting, with the nearest known one."""
    import difflib  # noqa: PLC0415 - only needed on the way to an error

    for key in found:
        if key not in Settings.model_fields:
            near = difflib.get_close_matches(key, Settings.model_fields, n=1)
            shown = prefix + (key.upper() if prefix else key)
            hint = f"; did you mean {prefix + (near[0].upper() if prefix else near[0])}?" if near else ""
            raise ConfigError(
                f"reading settings from {place}: there is no setting {shown}{hint} (docs/settings.md lists all)"
            )
