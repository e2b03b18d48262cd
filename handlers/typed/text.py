"""What people type after a command, and Slack's own tokens in it."""

import re

from handlers.blocks import escape, unescape

TOKEN_START, TOKEN_END = "\x02", "\x03"
"""Where Slack's own ``<`` and ``>`` stood; nobody can type these."""

PERSON = r"\x02@(?P<id>[UW][A-Z0-9]+)(?:\|[^\x03]*)?\x03"
CHANNEL = r"\x02#(?P<id>[CG][A-Z0-9]+)(?:\|[^\x03]*)?\x03"
_A_LONG_WORD = 40
"""Letters."""
_ANY_TOKEN = re.compile(r"\x02(?P<sign>[@#!]?)(?P<id>[^\x03|]*)(?:\|(?P<label>[^\x03]*))?\x03")


def read_text(text: str) -> str:
    """Turn Slack's entities back into characters, but keep its ``<@…>`` and ``<#…>`` recognisable.

    Slack escapes what a person types, so a real ``<`` can only be Slack's own token; those are marked with
    characters that nobody can type before the entities are undone.
    """
    unmarked = text.replace(TOKEN_START, "").replace(TOKEN_END, "")
    return unescape(unmarked.replace("<", TOKEN_START).replace(">", TOKEN_END))


def readable(text: str) -> str:
    """Return text as one line, with Slack's tokens as people read them: @dana, #acme, a link's address."""
    return " ".join(spoken(text).split())


def given_back(typed: str) -> str:
    """Return what a person typed, safe as mrkdwn, behind a sentence that says what did not become of it."""
    return f" You typed:\n{escape(readable(typed))}"


def worth_keeping(typed: str, *, beyond: int = 1) -> str:
    """Return it likewise where it is more than so many words, which are quickly typed again."""
    return given_back(typed) if len(typed.split()) > beyond or len(typed) > _A_LONG_WORD else ""


def spoken(text: str) -> str:
    """Return text over its lines, likewise."""
    return _ANY_TOKEN.sub(_spoken, text).replace(TOKEN_START, "<").replace(TOKEN_END, ">")


def _spoken(token: re.Match[str]) -> str:
    said = token["label"] or token["id"]
    if token["sign"] == "!":
        # Typed as @here; a date's label is the date itself.
        return said if token["id"].startswith("date^") else f"@{said.removeprefix('@')}"
    return f"{token['sign']}{said}" if token["sign"] else token["id"]
