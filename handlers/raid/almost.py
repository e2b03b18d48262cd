"""Lines that no verb of ``/raid`` fits: a slip, a record named first, a risk, or what has no kind."""

from handlers.answers import Answer, say
from handlers.blocks import actions, button, escape
from handlers.grammar import RAID, RISK, Parsed, Takes
from handlers.help import did_you_mean
from handlers.ids import ActionId
from handlers.projects.views import KEPT_LENGTH
from handlers.raid import views
from handlers.typed.text import readable
from models.rules.references import leading

_OF_RISKS = {RISK.name: "", f"{RISK.name}s": "list"}
"""What else a line may begin with, and what it asks for where no more is said."""


def of_risks(text: str) -> Answer | None:
    """Say which command has what the line is about; None where it is about no risk."""
    word, _, rest = text.strip().partition(" ")
    if word.lower() not in _OF_RISKS:
        return None
    rest = rest.strip() or _OF_RISKS[word.lower()]
    if not rest:
        return say("Risks have a command of their own: `/risk`.", actions([_log_a_risk()]))
    yes = button(f"Yes: {readable(rest)}", ActionId.RISK_MEANT, rest[:KEPT_LENGTH], style="primary")
    return say(did_you_mean(RISK, rest), actions([yes]))


def _log_a_risk() -> dict[str, object]:
    return button("Log a risk", ActionId.RISK_NEW, style="primary")


def command(text: str, parsed: Parsed) -> Answer:
    """Ask what a line means that no verb fits; what was typed is kept."""
    corrected = _mistyped(text, parsed) or _named_first(text)
    if corrected is not None:
        return _ask(corrected, text)
    return views.what_is_it(text.strip()[:KEPT_LENGTH], _lacks_a_name(text))


def _mistyped(text: str, parsed: Parsed) -> str | None:
    return " ".join([parsed.meant.name, *text.split()[1:]]) if parsed.meant is not None else None


def _named_first(text: str) -> str | None:
    """Read "I3 done restarted it"; None where no verb stands behind a record's name."""
    found = leading(text)
    word, _, rest = found[1].partition(" ") if found else ("", "", "")
    verb = RAID.by_name.get(word.lower())
    if found is None or verb is None or verb.takes is not Takes.REFERENCE:
        return None
    return f"{verb.name} {found[0]} {rest}".rstrip()


def _lacks_a_name(text: str) -> str:
    """Say how the verb is used with which the line begins, though no record's name follows it."""
    word, _, _ = text.partition(" ")
    verb = RAID.by_name.get(word.lower())
    if verb is None or verb.name != word.lower() or verb.takes is not Takes.REFERENCE:
        return ""
    return f"Which one? Type `/raid {escape(verb.usage)}`. Or is it something new?"


def _ask(corrected: str, text: str) -> Answer:
    yes = button(f"Yes: {readable(corrected)}", ActionId.RAID_MEANT, corrected[:KEPT_LENGTH], style="primary")
    no = button("No, log it", ActionId.RAID_NEW, text[:KEPT_LENGTH])
    return say(did_you_mean(RAID, corrected), actions([yes, no]))
