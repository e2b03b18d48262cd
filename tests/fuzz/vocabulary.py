"""What is put where it does not belong, and the words that commands are made of."""

from datetime import date
from typing import Any

from bot.demo.story import CLIENT_TEAM, TEAM
from handlers.callback_ids import CallbackId, ShortcutId
from handlers.grammar import COMMANDS
from handlers.ids import ActionId
from tests.fuzz.company import OTHER_TEAM

ORDINARY = "The vendor may be late again"
TYPED_INTO = {
    "key": "NEWONE",
    "timezone": "Europe/Berlin",
    "email": "pat@example.com",
    "country": "DE",
    **dict.fromkeys(("board", "jira", "notes"), "https://example.com/board"),
    **dict.fromkeys(("number", "minutes"), "20"),
}
"""What fields take that take no sentence."""
LONGEST_TYPED = 3000
TEXTS = (
    "",
    " ",
    "\0",
    "a\0b",
    "Payment keys may leak",
    "What is our plan?",
    "😀" * 12,
    "👩‍👩‍👧‍👦🏳️‍🌈",
    "שלום עולם",
    "\u202eevil\u202d",
    "x" * LONGEST_TYPED,
    "😀" * (LONGEST_TYPED // 2),
    "<" * LONGEST_TYPED,
    "&" * 200,
    "\n".join("line" for _ in range(80)),
    "<!channel>",
    "&lt;!channel&gt;",
    "&lt;!here|here&gt; *bold* _it_ ~no~ `code`",
    "<@U01DANA>",
    "<@U02ROBIN|robin>",
    "<@U0NOBODY>",
    "<#C01ACME|acme>",
    "<#C09INITECH|flair>",
    "<https://example.com|click>",
    "\ud800",
    "\x02@U01DANA\x03",
    "'; DROP TABLE risks; --",
    "{{ 7 * 7 }} {% raw %} %s {0}",
    "null",
    "\u2028\u2029\ufeff",
    "ACME-R1",
    "INITECH-R1",
    "ACME-R999999999",
    "R0",
    "²",
    "9" * 40,
    "-1",
    "1e9",
    "0001-01-01",
    "9999-12-31",
    "2026-10-16",
    "T01STUDIO",
)
"""Texts that somebody, or somebody's program, might send."""

JUNK: tuple[Any, ...] = (
    None,
    True,
    0,
    -1,
    2**31,
    10**30,
    1.5,
    [],
    {},
    [None],
    [[]],
    {"id": None},
    {"text": 7},
    OTHER_TEAM,
    *TEXTS,
)
"""What may stand in any place of a payload."""

VERBS = tuple(name for command in COMMANDS for verb in command.verbs for name in verb.names)
WORDS = (
    *("ACME-R1", "ACME-R2", "R3", "ACME-R4", "BOREALIS-R1", "INITECH-R1", "R99", "ACME", "DELTA", "initech"),
    *("mine", "all", "high", "stale", "closed", "open", "archived", "p4", "i5", "p9", "i0", "due", "fri"),
    *("tomorrow", "31.12.9999", "2026-02-30", "reduce", "accept", "share", "pass on", "add", "remove"),
    *("delivery manager", "engineering lead", "handover", "colleague", "quiet", "18:00-08:00", "until"),
    *("1", "2", "5", "🙂", "request: more", "opportunity: much", "seen yesterday", '"api"', '"', "page", "2"),
    *("<@U01DANA>", "<@U01JO|jo>", "<@U01YUKI>", "<@U02ROBIN>", "<@U09PETER>", "<#C01COBALT|cobalt>"),
    *("<!channel>", "because it is so", "vendor is silent"),
    *("M1", "M3", "D4", "ACME-M3", "edit", "move", "done", "undo", "submit", "accepted", "reject"),
    *("deliver", "next", "back to launch", "by 2 weeks", "30 oct", "yesterday", "for M3", "Runbook"),
)
ACTIONS = (*(action.value for action in ActionId), "from_an_older_version", "")
CALLBACKS = (*(callback.value for callback in CallbackId), "from_an_older_version", "")
SHORTCUTS = (*(shortcut.value for shortcut in ShortcutId), "from_an_older_version", "")
EVENTS = (
    *("message", "member_joined_channel", "channel_shared", "channel_unshared", "user_change"),
    *("app_home_opened", "tokens_revoked", "nobody_subscribed_to_this", ""),
)
USERS = ("U01SAM", "U01DANA", "U01JO", "U01LEE", "U01KOFI")
LEADERS = ("U01DANA", "U01JO")
STRANGERS = ("U01YUKI", "U02ROBIN", "U0NOBODY", "U09PETER", "USLACKBOT", "U01DRUMBEAT", "")
CHANNELS = ("C01ACME", "C01DELTA", "C01COBALT", "C01NEWPROJECTTALK", "C01LUNCH", "C01ACMESHARED")
ELSEWHERE = ("C09INITECH", "D01SAM", "C0NOWHERE", "")
TEAMS = (TEAM.id, CLIENT_TEAM.id, OTHER_TEAM)
DAYS = (date.min.isoformat(), "2026-10-14", "2026-11-30", date.max.isoformat(), "2026-02-30", "soon")
