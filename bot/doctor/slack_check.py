"""Slack: does it answer, whose token is it, what may it do, and do our clocks agree."""

from collections.abc import Generator, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from slack_sdk.errors import SlackApiError

from bot.clock import Clock
from bot.doctor.findings import Finding, Subject, ok, problem, warning
from bot.settings import Settings
from bot.slack.client import SlackClient
from bot.slack.manifest import SCOPES
from bot.slack.silence import why_silent
from models.value import Value
from scheduled.outcomes import TIMING

SIGNATURES_ALLOW = timedelta(minutes=5)
WORTH_MENTIONING = timedelta(minutes=1)

NEEDED_BY_ALL = frozenset({"commands", "users:read", "chat:write"})
"""Without these there is no Drumbeat; the others a team may leave out, and do without something."""

NO_WORD = "HTTP "
"""How begins what is told where the refusal is not in a word of Slack's."""

_REINSTALL = "api.slack.com/apps → your app → OAuth & Permissions → Reinstall to Workspace"
_COPY_AGAIN = "Copy it again: api.slack.com/apps → your app → OAuth & Permissions → Bot User OAuth Token"
_INSTALL_AGAIN = "api.slack.com/apps → your app → Install App, then copy the new Bot User OAuth Token"

_REFUSALS: Mapping[str, tuple[str, str]] = {
    "invalid_auth": ("Slack does not know SLACK_BOT_TOKEN", _COPY_AGAIN),
    "not_authed": ("Slack sees no token in SLACK_BOT_TOKEN", _COPY_AGAIN),
    "token_revoked": ("SLACK_BOT_TOKEN was revoked", _INSTALL_AGAIN),
    "account_inactive": ("the app was removed from the workspace", _INSTALL_AGAIN),
    "token_expired": (
        "SLACK_BOT_TOKEN has expired, for token rotation is switched on",
        "Make the app anew from `drumbeat manifest`, which leaves rotation off",
    ),
    "ratelimited": ("Slack asks for patience", "Run this again in a minute"),
}


class Introduction(Value):
    """Who the token belongs to; ``enterprise_id`` is "" outside Enterprise Grid."""

    enterprise_id: str
    team_id: str


def client_of(settings: Settings) -> SlackClient:
    """Return the client that the bot itself would have. Raises ValueError where the address is none."""
    return SlackClient(
        settings.slack_bot_token.get_secret_value(),
        settings.slack_api_url,
        deadline=TIMING.call.total_seconds(),
    )


def examine_slack(settings: Settings, clock: Clock) -> Generator[Finding, None, Introduction | None]:
    """Ask Slack who we are; None where it does not say."""
    try:
        answer = client_of(settings).auth_test()
    except SlackApiError as error:
        yield _refused(code_of(error))
        return None
    except OSError as error:
        yield unreachable(Subject.TOKEN, error)
        return None
    headers = {name.lower(): value for name, value in answer.headers.items()}
    if not answer.get("bot_id"):
        yield problem(Subject.TOKEN, "SLACK_BOT_TOKEN belongs to a person, not to the bot", _COPY_AGAIN)
        return None
    yield ok(
        Subject.TOKEN,
        f"Slack knows the bot as @{answer.get('user')} in {answer.get('team')} ({answer['team_id']})",
    )
    yield from examine_scopes(headers.get("x-oauth-scopes"))
    yield from _examine_clock(headers.get("date"), clock())
    return Introduction(str(answer.get("enterprise_id") or ""), str(answer["team_id"]))


def code_of(error: SlackApiError) -> str:
    """Return Slack's word for its refusal; a gateway's page of HTML is none."""
    said = str(error.response.get("error"))
    return said if said.isidentifier() else f"{NO_WORD}{error.response.status_code}"


def unreachable(subject: Subject, error: OSError) -> Finding:
    """Return what to do where no call gets through."""
    return problem(
        subject,
        f"Slack does not answer ({why_silent(error)})",
        "Let this machine reach https://slack.com (HTTPS_PROXY is heeded), and leave SLACK_API_URL unset",
    )


def _refused(code: str) -> Finding:
    if code.startswith(NO_WORD):
        return _no_word(code)
    otherwise = (
        f"Slack refuses SLACK_BOT_TOKEN: {code}",
        f"docs.slack.dev/reference/methods/auth.test, at {code}",
    )
    what, mend = _REFUSALS.get(code, otherwise)
    return problem(Subject.TOKEN, what, mend)


def _no_word(code: str) -> Finding:
    if code.removeprefix(NO_WORD).startswith("5"):
        return problem(Subject.TOKEN, f"Slack is in trouble ({code})", "Run this again in a minute")
    return problem(
        Subject.TOKEN,
        f"what answers at SLACK_API_URL is not Slack ({code})",
        "Leave SLACK_API_URL unset for Slack itself, and see that no proxy answers in its place",
    )


def examine_scopes(header: str | None) -> Generator[Finding, None, None]:
    """Compare what the token may do with what the manifest asks for."""
    if header is None:
        yield warning(
            Subject.SCOPES,
            "Slack did not say what the token may do",
            "Look for a proxy that drops X-OAuth-Scopes",
        )
        return
    granted = {scope.strip() for scope in header.split(",")} - {""}
    missing = [scope for scope in SCOPES if scope.name not in granted]
    for scope in missing:
        finding = problem if scope.name in NEEDED_BY_ALL else warning
        yield finding(
            Subject.SCOPES,
            f"{scope.name} is not granted: {scope.without}",
            f"Add it at OAuth & Permissions → Bot Token Scopes, then {_REINSTALL}",
        )
    needless = sorted(granted - {scope.name for scope in SCOPES})
    if needless:
        yield warning(
            Subject.SCOPES,
            f"the token may do more than Drumbeat needs: {', '.join(needless)}",
            f"Remove it at OAuth & Permissions → Bot Token Scopes, then {_REINSTALL}",
        )
    if not missing and not needless:
        yield ok(Subject.SCOPES, f"the {len(SCOPES)} permissions of the manifest are granted, and no others")


def _examine_clock(header: str | None, now: datetime) -> Generator[Finding, None, None]:
    there = _instant(header)
    if there is None:
        yield warning(
            Subject.CLOCK, "Slack did not say what time it is", "Compare this machine's clock: `date -u`"
        )
        return
    skew = abs(now - there)
    side = "ahead of" if now > there else "behind"
    says = f"this machine's clock is {round(skew.total_seconds())} s {side} Slack's"
    mend = "Let the clock be set by the network: `timedatectl set-ntp true`"
    if skew >= SIGNATURES_ALLOW:
        yield problem(Subject.CLOCK, f"{says}, so every request of Slack's is refused as too old", mend)
    elif skew >= WORTH_MENTIONING:
        yield warning(Subject.CLOCK, f"{says}; from five minutes on every request is refused", mend)
    else:
        yield ok(Subject.CLOCK, "this machine's clock and Slack's agree")


def _instant(header: str | None) -> datetime | None:
    if header is None:
        return None
    try:
        instant = parsedate_to_datetime(header)
    except ValueError:
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
