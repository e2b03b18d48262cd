"""What whoever runs Drumbeat may set, read once from the environment and from nowhere else."""

import os
from difflib import get_close_matches
from enum import StrEnum
from typing import Annotated, Self

from pydantic import DirectoryPath, SecretStr, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, SettingsConfigDict

from bot.demo import how_to_start
from bot.setting_shapes import (
    SLACK,
    AnyCase,
    AppToken,
    BotToken,
    DatabaseAddress,
    Port,
    Prefix,
    SigningSecret,
    UserIds,
    WebAddress,
)
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


_OURS, _ADMINS = "DRUMBEAT_", "DRUMBEAT_ADMINS"
_LONG = 8
"""Letters of a name that can be misspelt and still be known: PORT is in too many others."""
_ALIKE = 0.84
"""From when on two names are taken for the same, of 1: SLACK_TOKEN is, TEST_DATABASE_URL is not."""

_NO_PORT = frozenset({"int_parsing", "int_parsing_size", "greater_than_equal", "less_than_equal"})
"""What pydantic calls it; PORT is the only number."""


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


def misspelt() -> dict[str, str]:
    """Return variables that look like a setting which is not set, with its name."""
    long = [name for name in WHERE_TO_FIND if len(name) >= _LONG]
    found = {}
    for name in sorted(os.environ.keys() - WHERE_TO_FIND.keys()):
        [meant] = get_close_matches(name, long, n=1, cutoff=_ALIKE) or [
            _ADMINS if name.startswith(_OURS) else ""
        ]
        if meant and not name.endswith(meant) and not os.environ.get(meant):
            found[name] = meant
    return found


class CommandSettings(_Environment):
    """How people reach the bot's commands; the manifest and the running bot have to agree on it."""

    command_prefix: Prefix = ""


class ManifestSettings(CommandSettings):
    """What ``drumbeat manifest`` needs."""

    public_url: WebAddress = "https://drumbeat.example.com/"

    @property
    def doubt(self) -> str:
        """Return why Slack may not reach the address; nothing where all seems well."""
        if "public_url" not in self.model_fields_set:
            return f"PUBLIC_URL is not set, so the manifest has {self.public_url}, which is nobody's address."
        if self.public_url.startswith("http://"):
            return (
                f"PUBLIC_URL is {self.public_url}, but Slack wants an address that begins with https://; "
                "only what stands in for Slack, as the demo does, takes another."
            )
        return ""


class DatabaseSettings(_Environment):
    """What a command that only touches the database needs."""

    database_url: DatabaseAddress = SecretStr("sqlite:///drumbeat.db")
    log_level: Annotated[LogLevel, AnyCase] = LogLevel.INFO
    log_format: Annotated[LogFormat, AnyCase] = LogFormat.JSON


class TemplateSettings(_Environment):
    """What ``drumbeat templates check`` needs."""

    templates_dir: DirectoryPath | None = None


class Settings(DatabaseSettings, CommandSettings, TemplateSettings):
    """Everything that a serving process needs."""

    public_url: WebAddress | None = None
    """Only the doctor asks there, but what cannot be an address is a mistake everywhere."""
    slack_api_url: WebAddress = SLACK
    slack_bot_token: BotToken
    slack_app_token: AppToken | None = None
    slack_signing_secret: SigningSecret = SecretStr("")
    host: str = "127.0.0.1"
    port: Port = 3000
    drumbeat_admins: UserIds = frozenset()


def _explained(wrong: tuple[WrongSetting, ...]) -> str:
    """Return one paragraph a setting: its name, what is wrong, and where to find the right value."""
    lines = ["Drumbeat cannot start:", ""]
    for setting in wrong:
        lines += [f"  {setting.name} {setting.complaint}.", f"      {setting.remedy}", ""]
    lines.append(f"To look around first, {how_to_start()} needs no settings at all.")
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
    if problem["type"] in _NO_PORT:
        return "is not a number from 0 to 65535"
    return f"cannot be used: {problem['msg'][:1].lower()}{problem['msg'][1:]}"
