"""What people write to the bot itself, in its direct messages."""

import re

from handlers.access import identify
from handlers.asks import Happening
from handlers.kit import Kit
from handlers.origins import origin
from handlers.typed.text import PERSON, read_text, readable

SLACKBOT = "USLACKBOT"
_WRITTEN = frozenset({None, "file_share"})
"""Kinds of message that somebody wrote just now; edits, deletions and joins are others."""
_GREETINGS = (
    "hi",
    "hello",
    "hey",
    "moin",
    "yo",
    "bye",
    "thanks",
    "thank",
    "thx",
    "cheers",
    "good",
    "nice",
    "cool",
)
_ANSWERS = ("ok", "okay", "yes", "no", "great", "please", "help", "list", "show")
_QUESTIONS = (
    "who",
    "what",
    "when",
    "where",
    "why",
    "how",
    "which",
    "can",
    "could",
    "would",
    "do",
    "does",
    "is",
    "are",
)
_SMALL_TALK = frozenset((*_GREETINGS, *_ANSWERS, *_QUESTIONS))
"""First words that begin no worry."""
_PERSON = re.compile(PERSON)
_NAMED = re.compile(r"/?risk:?\s+", re.IGNORECASE)
"""People who know the command write it here, too."""


def written(kit: Kit, happening: Happening) -> None:
    """Answer a line that a colleague wrote. Raises Unwelcome, DirectoryDown."""
    event = happening.event
    is_ours = happening.user_id in {"", SLACKBOT, happening.bot_user_id} or "bot_id" in event
    if event.get("channel_type") != "im" or event.get("subtype") not in _WRITTEN or is_ours:
        return
    actor = identify(kit, happening)
    typed = read_text(str(event.get("text") or ""))
    line = _NAMED.sub("", _with_names(kit, happening, typed).strip(), count=1)
    kit.drafts.answer(
        actor, line if may_be_a_risk(line) else None, origin=origin(kit, happening), now=kit.clock()
    )


def may_be_a_risk(line: str) -> bool:
    """Tell whether a line reads like a worry rather than like a greeting or a question."""
    words = line.lower().split()
    if words[:2] == ["what", "if"]:
        return True
    is_talk = len(words) < 2 or words[0].strip(",.!") in _SMALL_TALK or words[-1].endswith("?")  # noqa: PLR2004 - one word is no sentence.
    return not is_talk


def _with_names(kit: Kit, happening: Happening, typed: str) -> str:
    """Return the line as people read it; whoever is mentioned and known stands there by name."""
    workspace_id = kit.workspace_id(happening.enterprise_id, happening.team_id)

    def named(mention: re.Match[str]) -> str:
        known = kit.people.find(workspace_id, mention["id"])
        return known.person.name if known else "somebody"

    return readable(_PERSON.sub(named, typed))
