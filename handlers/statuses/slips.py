"""Asks about a line that is more likely a slip of the finger than a headline; one press makes it one."""

from collections.abc import Iterator

from handlers.answers import Answer, say
from handlers.asks import Ask
from handlers.blocks import Element, actions, button
from handlers.grammar import WEEKLY, Verb, mistyped, nearest
from handlers.help import did_you_mean
from handlers.ids import ActionId
from handlers.kit import Kit
from handlers.projects.views import KEPT_LENGTH
from handlers.statuses import words
from handlers.statuses.places import Place, Unknown, here, present
from handlers.typed.text import readable
from handlers.typed.weeks import WeekWords, read_week_words
from models.commands.statuses import HEADLINE_LENGTH
from models.errors import NotFound
from models.read_models import Actor
from models.rules.references import is_key


def found(kit: Kit, ask: Ask, actor: Actor, text: str, named: Place | Unknown | None) -> Answer | None:
    """Ask about a verb or a key that is nearly one, and about a week that is none; None for a headline."""
    first, _, rest = text.strip().partition(" ")
    verb = mistyped(WEEKLY, first)
    if verb is not None and _is_place(kit, actor, rest):
        return verb_meant(kit, ask, actor, text, verb)
    if not isinstance(named, Unknown):
        return None
    if named.is_no_period or _is_close(text, named.meant) or any(map(is_key, text.split())):
        return say(named.why, *_buttons(kit, ask, actor, text, _with_key(text, named.meant)))
    return None


def verb_meant(kit: Kit, ask: Ask, actor: Actor, text: str, verb: Verb) -> Answer:
    """Ask whether the first word stands for the verb."""
    corrected = " ".join([verb.name, *text.split()[1:]])
    question = did_you_mean(WEEKLY, corrected)
    return say(question, *_buttons(kit, ask, actor, text, corrected))


def _is_place(kit: Kit, actor: Actor, rest: str) -> bool:
    """Tell whether the words name a week, or a project that there is."""
    read = read_week_words(rest)
    if read is None:
        return False
    return read.names_period or read.channel_id is not None or _is_known(kit, actor, read)


def _is_known(kit: Kit, actor: Actor, read: WeekWords) -> bool:
    try:
        return bool(read.key) and bool(kit.projects.by_key(actor, read.key))
    except NotFound:
        return False


def _is_close(text: str, key: str) -> bool:
    return any(nearest(each.lstrip("#"), [key], closely=True) for each in text.split())


def _with_key(text: str, key: str) -> str:
    """Return the line with the key in the place of the one that nobody knows; "" where it is not known."""
    if not key:
        return ""
    read = read_week_words(text)
    unknown = read.key if read else ""
    return " ".join(key if each.lstrip("#").upper() == unknown else each for each in text.split())


def _buttons(kit: Kit, ask: Ask, actor: Actor, text: str, corrected: str) -> Iterator[dict[str, object]]:
    """Yield what the line may have meant: the corrected one, or the headline as it was typed."""
    offered: list[Element] = []
    if corrected:
        label, value = f"Yes: {readable(corrected)}", corrected[:KEPT_LENGTH]
        offered.append(button(label, ActionId.STATUS_MEANT, value, style="primary"))
    project = here(kit, ask, actor)
    if project is not None:
        headline = readable(text.strip())[:HEADLINE_LENGTH]
        value = words.encode(project.id, present(kit, project), headline)
        offered.append(
            button("No, it's my headline" if corrected else "It's my headline", ActionId.STATUS_OPEN, value)
        )
    if offered:
        yield actions(offered)
