"""What whoever runs Drumbeat may set, read once from the environment and from nowhere else."""

import re
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    BeforeValidator,
    DirectoryPath,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
)
from pydantic_core import ErrorDetails, PydanticKnownError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from models.value import Value


class LogLevel(StrEnum):
    """How much is logged."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class LogFormat(StrEnum):
    """How a log line is written: for machines, or for people."""

    JSON = "json"
    CONSOLE = "console"


class WrongSetting(Value):
    """A setting that is missing or cannot stand: what is wrong, and where to find the right value."""

    name: str
    complaint: str
    remedy: str


class SettingsProblem(Exception):
    """One or more settings are missing or wrong; the message is what to show, and holds no secret."""

    def __init__(self, message: str, wrong: tuple[WrongSetting, ...] = ()) -> None:
        """Take the message, and the settings one by one where it is about those."""
        super().__init__(message)
        self.wrong = wrong


NOT_A_BOT_TOKEN = {
    "xapp-": "an app-level token",
    "xoxp-": "a user token",
    "xoxa-": "a token of an old kind",
    "xoxc-": "a browser's token",
    "xoxs-": "a browser's token",
}
"""Tokens that people paste by mistake; each opens with its kind."""

SLACK = "https://slack.com/api/"
SIGNING_SECRET = re.compile(r"[0-9a-f]{32}")
_BOT_TOKENS = ("xoxb-", "xoxe.xoxb-")
_LOCAL = re.compile(r"http://(localhost|127\.[\d.]+|\[::1\])[:/]")
_USER_ID = re.compile(r"[UW][A-Z0-9]+")

DATABASE_SCHEMES = ("sqlite:///", "postgresql://", "postgres://", "postgresql+psycopg://")

WHERE_TO_FIND = {
    "SLACK_BOT_TOKEN": "api.slack.com/apps → your app → OAuth & Permissions → Bot User OAuth Token (xoxb-…)",
    "SLACK_SIGNING_SECRET": "api.slack.com/apps → your app → Basic Information → Signing Secret (not needed "
    "with SLACK_APP_TOKEN)",
    "SLACK_APP_TOKEN": "api.slack.com/apps → your app → Basic Information → App-Level Tokens: one with the "
    "scope connections:write (xapp-…)",
    "SLACK_API_URL": "Leave it unset for Slack itself; otherwise an address such as http://127.0.0.1:3000/api/",
    "DATABASE_URL": "Leave it unset for the file drumbeat.db, or postgresql://user:password@host/name",
    "PUBLIC_URL": "Where Slack reaches the bot from outside, such as https://drumbeat.example.com",
    "COMMAND_PREFIX": "Leave it unset for /risk; x makes it /x-risk, as `drumbeat manifest --prefix x` does",
    "HOST": "Leave it unset for 127.0.0.1, behind a proxy that ends TLS; 0.0.0.0 inside a container",
    "PORT": "Leave it unset for 3000, or a number from 0 to 65535 (0 takes any free port)",
    "LOG_LEVEL": "One of debug, info, warning, error",
    "LOG_FORMAT": "json for machines, console for people",
    "TEMPLATES_DIR": "A folder that exists, with your own texts in place of Drumbeat's",
    "DRUMBEAT_ADMINS": "Slack user ids with commas between, U012AB3CD,U045EF6GH (profile, ⋮, Copy member ID)",
}


def _one_word(value: SecretStr) -> SecretStr:
    """Refuse what cannot be a secret of Slack's: a pasted line break, two words."""
    text = value.get_secret_value()
    if text != "".join(text.split()):
        msg = "has a space or a line break in it"
        raise ValueError(msg)
    return value


def _bot_token(value: SecretStr) -> SecretStr:
    for prefix, kind in NOT_A_BOT_TOKEN.items():
        if value.get_secret_value().startswith(prefix):
            msg = f"is {kind} ({prefix}…), not the bot's"
            raise ValueError(msg)
    if not value.get_secret_value().startswith(_BOT_TOKENS):
        msg = "is not a bot token (xoxb-…)"
        raise ValueError(msg)
    return value


def _app_token(value: SecretStr) -> SecretStr:
    if not value.get_secret_value().startswith("xapp-"):
        msg = "is not an app-level token (xapp-…)"
        raise ValueError(msg)
    return value


def _needed_over_http(value: SecretStr, info: ValidationInfo) -> SecretStr:
    """Miss the secret only where requests have to be verified: in Socket Mode there are none."""
    is_over_http = "slack_app_token" in info.data and info.data["slack_app_token"] is None
    if is_over_http and not value.get_secret_value():
        kind: Literal["missing"] = "missing"
        raise PydanticKnownError(kind)
    return value


def _signing_secret(value: SecretStr, info: ValidationInfo) -> SecretStr:
    """Refuse what has not the shape of Slack's; what stands in for Slack may have secrets of its own."""
    secret = value.get_secret_value()
    if secret and info.data.get("slack_api_url") == SLACK and not SIGNING_SECRET.fullmatch(secret):
        msg = "is not a signing secret (32 digits and letters from a to f)"
        raise ValueError(msg)
    return value


def _web_address(value: str) -> str:
    """Return the address with a slash at its end, so that a method's name can follow."""
    if not value.startswith(("https://", "http://")):
        msg = "is not a web address"
        raise ValueError(msg)
    return value.rstrip("/") + "/"


def _database_address(value: SecretStr) -> SecretStr:
    if not value.get_secret_value().startswith(DATABASE_SCHEMES):
        msg = "is not an address of SQLite (sqlite:///file.db) or Postgres (postgresql://…)"
        raise ValueError(msg)
    return value


def _lower(value: object) -> object:
    return value.lower() if isinstance(value, str) else value


def _listed(value: object) -> object:
    """Split a comma list; other values pass as they are."""
    if not isinstance(value, str):
        return value
    return frozenset(word for word in (part.strip() for part in value.split(",")) if word)


def _user_ids(value: frozenset[str]) -> frozenset[str]:
    strange = sorted(each for each in value if not _USER_ID.fullmatch(each))
    if strange:
        msg = f"names what is no Slack user id (U…, W…): {', '.join(strange)}"
        raise ValueError(msg)
    return value


PREFIX = re.compile(r"[a-z0-9](?:[a-z0-9_-]{0,18}[a-z0-9])?")
"""What may stand before a command's name: Slack's characters, and room for the longest command in its 32."""


def checked_prefix(text: str) -> str:
    """Return the prefix as it is. Raises ValueError where Slack would refuse the commands."""
    if text and not PREFIX.fullmatch(text):
        msg = "must be up to 20 small letters, digits, - and _"
        raise ValueError(msg)
    return text


class _Environment(BaseSettings):
    """Reads variables by the names of its fields. An empty variable counts as unset."""

    model_config = SettingsConfigDict(
        frozen=True, env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    @classmethod
    def from_environment(cls) -> Self:
        """Read the environment. Raises SettingsProblem, whose message fits one screen."""
        try:
            return cls.model_validate({})
        except ValidationError as error:
            wrong = tuple(_wrong(problem) for problem in error.errors())
            raise SettingsProblem(_explained(wrong), wrong) from None


class CommandSettings(_Environment):
    """How people reach the bot's commands; the manifest and the running bot have to agree on it."""

    command_prefix: Annotated[str, AfterValidator(checked_prefix)] = ""


class ManifestSettings(CommandSettings):
    """What ``drumbeat manifest`` needs."""

    public_url: Annotated[str, AfterValidator(_web_address)] = "https://drumbeat.example.com/"

    @property
    def doubt(self) -> str:
        """Return why Slack may not reach the address; nothing where all seems well."""
        if "public_url" not in self.model_fields_set:
            return f"PUBLIC_URL is not set, so the manifest has {self.public_url}, which is nobody's address."
        if self.public_url.startswith("http://") and not _LOCAL.match(self.public_url):
            return f"PUBLIC_URL is {self.public_url}, but Slack wants an address that begins with https://."
        return ""


class DatabaseSettings(_Environment):
    """What a command that only touches the database needs."""

    database_url: Annotated[SecretStr, AfterValidator(_database_address)] = SecretStr("sqlite:///drumbeat.db")
    log_level: Annotated[LogLevel, BeforeValidator(_lower)] = LogLevel.INFO
    log_format: Annotated[LogFormat, BeforeValidator(_lower)] = LogFormat.JSON


class TemplateSettings(_Environment):
    """What ``drumbeat templates check`` needs."""

    templates_dir: DirectoryPath | None = None


class Settings(DatabaseSettings, CommandSettings, TemplateSettings):
    """Everything that a serving process needs."""

    slack_api_url: Annotated[str, AfterValidator(_web_address)] = SLACK
    slack_bot_token: Annotated[SecretStr, AfterValidator(_one_word), AfterValidator(_bot_token)]
    slack_app_token: Annotated[SecretStr, AfterValidator(_one_word), AfterValidator(_app_token)] | None = None
    slack_signing_secret: Annotated[
        SecretStr,
        AfterValidator(_one_word),
        AfterValidator(_needed_over_http),
        AfterValidator(_signing_secret),
        Field(validate_default=True),
    ] = SecretStr("")
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 3000
    drumbeat_admins: Annotated[
        frozenset[str], NoDecode, BeforeValidator(_listed), AfterValidator(_user_ids)
    ] = frozenset()


def _explained(wrong: tuple[WrongSetting, ...]) -> str:
    """Return one paragraph a setting: its name, what is wrong, and where to find the right value."""
    lines = ["Drumbeat cannot start:", ""]
    for setting in wrong:
        lines += [f"  {setting.name} {setting.complaint}.", f"      {setting.remedy}", ""]
    lines.append("To look around first, `drumbeat demo` needs no settings at all.")
    return "\n".join(lines)


def _wrong(problem: ErrorDetails) -> WrongSetting:
    name = str(problem["loc"][0]).upper()
    return WrongSetting(name, _complaint(problem), WHERE_TO_FIND[name])


def _complaint(problem: ErrorDetails) -> str:
    """Return what is wrong without repeating the value, which may be a secret."""
    if problem["type"] == "missing":
        return "is missing"
    if problem["type"] == "value_error":
        return str(problem["ctx"]["error"])
    return f"cannot be used: {problem['msg'][:1].lower()}{problem['msg'][1:]}"
