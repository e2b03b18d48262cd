"""Settings: each wrong one on a line, and stand-ins for them so that the rest can still be looked at."""

import re
from collections.abc import Generator
from pathlib import Path

from bot.doctor.findings import Finding, Subject, ok, problem, warning
from bot.setting_shapes import SIGNING_SECRET
from bot.settings import Settings, SettingsProblem, WrongSetting, misspelt
from bot.slack.manifest import before_name
from bot.templates import misfits
from handlers.events.subscriptions import SUBSCRIPTIONS
from handlers.grammar import COMMANDS

OTHER_SECRETS = re.compile(r"xox|xapp-|\d+\.\d+")
"""How a token and a client id begin; people paste them in the signing secret's place."""

STAND_INS = {
    "slack_bot_token": "xoxb-unset",
    "slack_signing_secret": "0" * 32,
    "slack_app_token": "xapp-unset",
}
"""What takes the place of a secret that is wrong; no check looks at these."""

_COPY_AGAIN = "Copy it again: api.slack.com/apps → your app → Basic Information → Signing Secret"


def read_settings() -> tuple[Settings, tuple[WrongSetting, ...]]:
    """Return the settings, with their defaults for those that are wrong, and what is wrong."""
    try:
        return Settings.from_environment(), ()
    except SettingsProblem as refusal:
        stand_ins = {wrong.name.lower(): _stand_in(wrong.name.lower()) for wrong in refusal.wrong}
        return Settings.model_validate(stand_ins), refusal.wrong


def _stand_in(name: str) -> object:
    return STAND_INS.get(name) or Settings.model_fields[name].get_default(call_default_factory=True)


def examine_settings(wrong: tuple[WrongSetting, ...]) -> Generator[Finding, None, None]:
    """Say which settings are wrong."""
    for setting in wrong:
        yield problem(Subject.SETTINGS, f"{setting.name} {setting.complaint}", setting.remedy)
    for name, meant in misspelt().items():
        yield warning(Subject.SETTINGS, f"{name} is no setting of Drumbeat's", f"Did you mean {meant}?")
    if not wrong:
        yield ok(Subject.SETTINGS, "all that is needed is set")


def examine_templates(folder: Path) -> Generator[Finding, None, None]:
    """Say which texts of one's own do not fit their messages."""
    for each in misfits(folder):
        yield problem(
            Subject.SETTINGS,
            f"TEMPLATES_DIR: {' '.join(str(each).split())}",
            "Mend or remove the file; where it cannot be filled in, Drumbeat's own text is used meanwhile",
        )


def examine_secret(settings: Settings) -> Generator[Finding, None, None]:
    """Judge the signing secret by its shape; only a request from Slack can prove it."""
    secret = settings.slack_signing_secret.get_secret_value()
    if OTHER_SECRETS.match(secret):
        yield problem(
            Subject.SECRET,
            "SLACK_SIGNING_SECRET is another of the app's values, so every request would be refused",
            _COPY_AGAIN,
        )
    elif not SIGNING_SECRET.fullmatch(secret):
        yield warning(
            Subject.SECRET,
            "SLACK_SIGNING_SECRET does not look like one (32 digits and letters from a to f)",
            _COPY_AGAIN,
        )
    else:
        yield ok(Subject.SECRET, "SLACK_SIGNING_SECRET has the right shape; the first command proves it")


def examine_commands(settings: Settings) -> Generator[Finding, None, None]:
    """Say which commands the bot answers: Slack tells nobody but the app's owner which ones it sends."""
    names = ", ".join(f"/{before_name(settings.command_prefix)}{command.name}" for command in COMMANDS)
    with_prefix = f" --prefix {settings.command_prefix}" if settings.command_prefix else ""
    yield ok(
        Subject.COMMANDS,
        f"the bot answers {names}; the app's page Slash Commands must list the same "
        f"(`drumbeat manifest{with_prefix}`)",
    )


def examine_events(settings: Settings) -> Generator[Finding, None, None]:
    """Say which events the bot listens for: only the app's owner sees which ones Slack sends."""
    names = ", ".join(sorted(each.name for each in SUBSCRIPTIONS))
    is_verified = "" if settings.slack_app_token else ", below a Request URL that is verified"
    yield ok(
        Subject.EVENTS,
        f"the bot listens for {names}; the app's page Event Subscriptions must list the same{is_verified}",
    )
