"""What a setting's value has to look like, and what is said of one that does not."""

import re
from typing import Annotated, Literal
from urllib.parse import parse_qsl

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationInfo
from pydantic_core import PydanticKnownError
from pydantic_settings import NoDecode

_NOT_A_BOT_TOKEN = {
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
_LETTERS = 3
"""Letters and digits behind a token's beginning, at the least; Slack's own have dozens."""
_USER_ID = re.compile(r"[UW][A-Z0-9]+")

_NUMBER = re.compile(r"\d+")
_SWITCH = re.compile(r"true|false|yes|no|on|off|[tfyn10]", re.IGNORECASE)
_SQLITE_OPTIONS = {
    "timeout": re.compile(r"\d+(\.\d+)?"),
    "cached_statements": _NUMBER,
    "detect_types": _NUMBER,
    "check_same_thread": _SWITCH,
    "uri": _SWITCH,
}
"""What may follow the name of SQLite's file that its driver takes for something else than words."""
_DATABASE_SCHEMES = ("sqlite:///", "postgresql://", "postgres://", "postgresql+psycopg://")


def _one_word(value: SecretStr) -> SecretStr:
    """Refuse what cannot be a secret of Slack's: a pasted line break, two words, another alphabet."""
    text = value.get_secret_value()
    if text != "".join(text.split()):
        msg = "has a space or a line break in it"
        raise ValueError(msg)
    if not text.isascii():
        msg = "has a character in it that no secret of Slack's has, as … in an example: copy all of it"
        raise ValueError(msg)
    return value


def _whole(value: SecretStr) -> SecretStr:
    """Refuse a token of which little more than its beginning is there, as in an example."""
    _, _, rest = value.get_secret_value().partition("-")
    if sum(map(str.isalnum, rest)) < _LETTERS:
        msg = "is cut short: copy all of it"
        raise ValueError(msg)
    return value


def _bot_token(value: SecretStr) -> SecretStr:
    for prefix, kind in _NOT_A_BOT_TOKEN.items():
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
    if not value.get_secret_value().startswith(_DATABASE_SCHEMES):
        msg = "is not an address of SQLite (sqlite:///file.db) or Postgres (postgresql://…)"
        raise ValueError(msg)
    if not value.get_secret_value().startswith("sqlite:"):
        if _is_misread(value.get_secret_value()):
            msg = "has an @, / or # in its user or password: write them as %40, %2F and %23"
            raise ValueError(msg)
        return value
    for name, text in parse_qsl(value.get_secret_value().partition("?")[2], keep_blank_values=True):
        if name in _SQLITE_OPTIONS and not _SQLITE_OPTIONS[name].fullmatch(text):
            msg = f"says {name}={text} behind its ?, which SQLite's driver can't read"
            raise ValueError(msg)
    return value


def _is_misread(address: str) -> bool:
    """Tell whether a part of the user or the password would be taken, and shown, for the host or the name."""
    user_and_password, at, rest = address.partition("://")[2].partition("@")
    return "@" in rest or (bool(at) and "/" in user_and_password.partition(":")[0])


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
        msg = "must be up to 20 small letters, digits, - and _, with a letter or digit at both ends"
        raise ValueError(msg)
    return text


BotToken = Annotated[SecretStr, AfterValidator(_one_word), AfterValidator(_bot_token), AfterValidator(_whole)]
AppToken = Annotated[SecretStr, AfterValidator(_one_word), AfterValidator(_app_token), AfterValidator(_whole)]
SigningSecret = Annotated[
    SecretStr,
    AfterValidator(_one_word),
    AfterValidator(_needed_over_http),
    AfterValidator(_signing_secret),
    Field(validate_default=True),
]
"""Looks at the app token and the address of Slack's methods, whose fields have to stand before it."""
WebAddress = Annotated[str, AfterValidator(_web_address)]
DatabaseAddress = Annotated[SecretStr, AfterValidator(_database_address)]
Port = Annotated[int, Field(ge=0, le=65535)]
Prefix = Annotated[str, AfterValidator(checked_prefix)]
UserIds = Annotated[frozenset[str], NoDecode, BeforeValidator(_listed), AfterValidator(_user_ids)]
AnyCase = BeforeValidator(_lower)
"""Reads a word in capitals as well."""
