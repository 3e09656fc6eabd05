"""The only reader of the environment: every setting is described, checked and refused in one place."""

import contextlib
import os
import secrets
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from itertools import starmap
from pathlib import Path
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from portal.kit.origins import origin
from portal.kit.providers import TABLE as PROVIDERS
from portal.kit.providers import Provider, Unfit, read_providers, read_staff_links

PROJECT = Path(__file__).resolve().parents[1]

Stage = Literal["demo", "production", "test"]
Security = Literal["none", "starttls", "tls"]
Reader = Callable[[str], str]


class SettingsError(Exception):
    """One sentence naming the setting that stops the start."""


class Setting(NamedTuple):
    name: str
    default: str
    meaning: str
    secret: bool = False


# docs/operating.md shows this table; a test keeps the two the same.
TABLE = (
    Setting("VIVIER_ENV", "demo", "`demo`, `production` or `test`; production refuses what is only fit for trying out"),
    Setting("VIVIER_DATA", "./data", "folder for the embedded database and what must survive a restart"),
    Setting("DATABASE_URL", "", "PostgreSQL as the app's role; empty: the embedded server", secret=True),
    Setting("DATABASE_OWNER_URL", "", "PostgreSQL as the owner of the schema, for `vivier migrate`", secret=True),
    Setting(
        "SITE_URL",
        "",
        "address people see, written in every letter, with a port if it has one; https in production, else this machine "
        "at `WEB_PORT`",
    ),
    Setting("WEB_PORT", "8000", "port the web process listens on"),
    Setting(
        "TRUSTED_PROXIES",
        "",
        "addresses or networks, by commas, of the proxies whose `X-Forwarded-For` is believed; empty: nobody's",
    ),
    Setting(
        "SECRET_KEY", "", "at least 32 characters; made and kept in the data folder outside production", secret=True
    ),
    Setting("SMTP_HOST", "", "server that takes the letters; in the demo, a mail catcher on this machine"),
    Setting("SMTP_PORT", "", "587 with `starttls`, 465 with `tls`, 25 with `none`; in the demo 1025"),
    Setting("DEMO_MAIL_PORT", "1080", "port of the page where the demo's letters can be read"),
    Setting("SMTP_USER", "", "account at that server, if it asks for one"),
    Setting("SMTP_PASSWORD", "", "password of that account", secret=True),
    Setting("SMTP_SECURITY", "starttls", "`none`, `starttls` or `tls`; `none` in the demo"),
    Setting("MAIL_FROM", "vivier@vivier.example", "address the letters come from"),
    Setting("MAIL_FROM_NAME", "", "name beside it; empty: the name of the house, as it stands in Settings"),
    Setting("MAIL_REPLY_TO", "", "address that answers go to; empty: whoever signs the letter, else MAIL_FROM"),
    Setting("HOUSE_NAME", "Vivier", "the organisation, as candidates know it, until an admin names it in Settings"),
    Setting("HOUSE_TZ", "Europe/Paris", "time zone of dates and of hours letters leave, until Settings says another"),
    Setting("VIVIER_CLOCK_FILE", "", "file holding the time it should be, for trying things out; never in production"),
    Setting("REFLEX_REDIS_URL", "", "Redis, needed by more than one web process", secret=True),
    *starmap(Setting, PROVIDERS),
)


def row(setting: Setting) -> str:
    """The setting as a line of the manual's table."""
    default = f"`{setting.default}`" if setting.default else ""
    return f"| `{setting.name}` | {default} | {setting.meaning}{' (secret)' if setting.secret else ''} |"


_DEFAULTS = {setting.name: setting.default for setting in TABLE}


@dataclass(frozen=True)
class Settings:
    stage: Stage
    data: Path
    site_url: str
    web_port: int
    trusted_proxies: tuple[str, ...]
    demo_mail_port: int
    mail_from: str
    mail_from_name: str
    mail_reply_to: str
    house_name: str
    house_tz: ZoneInfo
    clock_file: Path | None
    mail_catcher: bool  # nobody named a server: the demo brings its own
    smtp_host: str
    smtp_port: int
    smtp_user: str
    smtp_security: Security
    providers: tuple[Provider, ...]
    staff_links: bool  # staff may also come in by a link in a letter
    # Kept out of repr: a settings object that ends up in a log tells nothing.
    smtp_password: str = field(repr=False)
    database_url: str = field(repr=False)
    database_owner_url: str = field(repr=False)
    secret_key: str = field(repr=False)
    redis_url: str = field(repr=False)

    @property
    def embedded(self) -> bool:
        return not self.database_url

    @property
    def production(self) -> bool:
        return self.stage == "production"


def load(environment: Mapping[str, str] | None = None) -> Settings:
    """Read and check every setting, or raise a SettingsError that names the one to mend."""
    read = _reader(os.environ if environment is None else environment)
    stage = _choice(read, "VIVIER_ENV", ("demo", "production", "test"))
    data = (PROJECT / Path(read("VIVIER_DATA")).expanduser()).resolve()
    security = _security(read, stage)
    named, staff_links = _ways_in(read, stage)
    settings = Settings(
        stage=stage,  # type: ignore[arg-type]  # _choice has checked it
        data=data,
        site_url=_site_url(read, stage),
        web_port=_port(read, "WEB_PORT"),
        trusted_proxies=_networks(read, "TRUSTED_PROXIES"),
        demo_mail_port=_port(read, "DEMO_MAIL_PORT"),
        mail_from=_address(read, "MAIL_FROM"),
        mail_from_name=read("MAIL_FROM_NAME"),
        mail_reply_to=_address(read, "MAIL_REPLY_TO") if read("MAIL_REPLY_TO") else "",
        house_name=read("HOUSE_NAME"),
        house_tz=_zone(read),
        clock_file=_clock_file(read, stage),
        mail_catcher=not read("SMTP_HOST"),
        smtp_host=_smtp_host(read, stage),
        smtp_port=_smtp_port(read, stage, security),
        smtp_user=read("SMTP_USER"),
        smtp_security=security,
        providers=named,
        staff_links=staff_links,
        smtp_password=read("SMTP_PASSWORD"),
        database_url=_database(read, "DATABASE_URL"),
        database_owner_url=_database(read, "DATABASE_OWNER_URL"),
        secret_key=_secret_key(read, stage, data),
        redis_url=read("REFLEX_REDIS_URL"),
    )
    if settings.smtp_user and not settings.smtp_password:
        raise SettingsError("SMTP_PASSWORD is missing: SMTP_USER is set.")
    if settings.database_owner_url and settings.embedded:
        raise SettingsError("DATABASE_URL is missing: DATABASE_OWNER_URL is set, and the app needs a role of its own.")
    return settings


def child_environment(**more: str) -> dict[str, str]:
    """What a process that we start inherits and is told besides; an empty value takes a name away."""
    return {name: value for name, value in {**os.environ, **more}.items() if value}


def find_program(name: str) -> str | None:
    """A program of the project's own (node_modules), or else of the machine."""
    return shutil.which(name, path=f"{PROJECT / 'node_modules' / '.bin'}{os.pathsep}{os.environ.get('PATH', '')}")


def _reader(environment: Mapping[str, str]) -> Reader:
    def read(name: str) -> str:
        return environment.get(name, "").strip() or _DEFAULTS.get(name, "")

    return read


def _ways_in(read: Reader, stage: str) -> tuple[tuple[Provider, ...], bool]:
    try:
        named = read_providers(read, production=stage == "production")
        return named, read_staff_links(read, named)
    except Unfit as unfit:
        raise SettingsError(str(unfit)) from unfit


def _choice(read: Reader, name: str, choices: tuple[str, ...]) -> str:
    if (value := read(name)) not in choices:
        raise SettingsError(f"{name} must be one of {', '.join(choices)}, not “{value}”.")
    return value


def _security(read: Reader, stage: str) -> Security:
    # The demo's own mail catcher speaks plain SMTP; a server somebody names is asked for STARTTLS.
    if stage != "production" and not read("SMTP_HOST"):
        return "none"
    return _choice(read, "SMTP_SECURITY", ("none", "starttls", "tls"))  # type: ignore[return-value]  # checked there


def _site_url(read: Reader, stage: str) -> str:
    url = origin(read("SITE_URL") or f"http://localhost:{_port(read, 'WEB_PORT')}")
    if url is None:
        raise SettingsError(
            "SITE_URL must look like https://talents.example.org, if need be with a port: https://talents.example.org:8443."
        )
    if stage == "production" and not url.startswith("https:"):
        raise SettingsError("SITE_URL must begin with https:// in production: letters carry links that sign people in.")
    return url


def _port(read: Reader, name: str) -> int:
    value = read(name)
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise SettingsError(f"{name} must be a port between 1 and 65535, not “{value}”.")
    return int(value)


def _networks(read: Reader, name: str) -> tuple[str, ...]:
    try:
        return tuple(str(ip_network(each.strip(), strict=False)) for each in read(name).split(",") if each.strip())
    except ValueError as wrong:
        raise SettingsError(f"{name} must be addresses or networks like 10.0.0.0/8, not “{read(name)}”.") from wrong


def _address(read: Reader, name: str) -> str:
    value = read(name)
    local, at, domain = value.partition("@")
    if not (local and at and "." in domain) or any(c.isspace() for c in value):
        raise SettingsError(f"{name} must be an e-mail address, not “{value}”.")
    return value


def _zone(read: Reader) -> ZoneInfo:
    try:
        return ZoneInfo(read("HOUSE_TZ"))
    except (KeyError, ValueError, OSError) as wrong:
        raise SettingsError(f"HOUSE_TZ must be a time zone like Europe/Paris, not “{read('HOUSE_TZ')}”.") from wrong


def _clock_file(read: Reader, stage: str) -> Path | None:
    if not (value := read("VIVIER_CLOCK_FILE")):
        return None
    if stage == "production":
        raise SettingsError("VIVIER_CLOCK_FILE must be empty in production: nobody moves the clock of real people.")
    return Path(value).resolve()


def _smtp_host(read: Reader, stage: str) -> str:
    host = read("SMTP_HOST")
    if not host and stage == "production":
        raise SettingsError("SMTP_HOST is missing: production needs a server that takes its letters.")
    # One colon is a port; more of them are IPv6.
    if "/" in host or any(map(str.isspace, host)) or host.count(":") == 1:
        raise SettingsError(
            f"SMTP_HOST must be a host name like smtp.example.org, without scheme or port, not “{host}”."
        )
    return host or "127.0.0.1"


def _smtp_port(read: Reader, stage: str, security: Security) -> int:
    if read("SMTP_PORT"):
        return _port(read, "SMTP_PORT")
    if stage != "production" and not read("SMTP_HOST"):
        return 1025
    return {"none": 25, "starttls": 587, "tls": 465}[security]


def _database(read: Reader, name: str) -> str:
    url = read(name)
    scheme, separator, rest = url.partition("://")
    if url and (not separator or scheme not in {"postgres", "postgresql", "postgresql+psycopg"}):
        raise SettingsError(f"{name} must begin with postgresql://.")
    return f"postgresql+psycopg://{rest}" if url else ""


def _secret_key(read: Reader, stage: str, data: Path) -> str:
    key = read("SECRET_KEY")
    if not key and stage != "production":
        return _kept_secret(data)
    if len(key) < 32:
        word = "too short" if key else "missing"
        raise SettingsError(f"SECRET_KEY is {word}: give it at least 32 characters that nobody can guess.")
    return key


def _kept_secret(data: Path) -> str:
    """Made once and kept: links in letters must outlive a restart."""
    path = data / "secret_key"
    try:
        data.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            # Written aside, then linked: of two processes starting at once one wins, and none reads half a key.
            draft = path.with_name(f"secret_key.{os.getpid()}")
            with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(secrets.token_urlsafe(48))
            with contextlib.suppress(FileExistsError):
                path.hardlink_to(draft)
            draft.unlink()
        return path.read_text()
    except OSError as wrong:
        raise SettingsError(f"VIVIER_DATA must be a folder we can write to; {data} is not.") from wrong
