"""Lists of readings, newest first, and of what was heard along."""

from collections.abc import Iterator
from datetime import datetime

from handlers.answers import Answer, again
from handlers.blocks import Block, Element, actions, button, context, escape, section
from handlers.ids import ActionId
from handlers.moods import words
from handlers.moods.list_values import encode
from handlers.moods.questions import five_buttons
from handlers.views.paging import turning
from models.read_models import MoodPage, MoodView, PersonRef
from models.rules.moods.mood import MOOD_MARKS
from models.rules.risks.words import Visibility
from models.value import replace

_HOW_TO_HEAR = "Add one behind *More*, or in a line: `/mood 4 good call request: a dark theme`."


def readings(page: MoodPage, you: PersonRef, now: datetime, *, replaces: bool = False) -> Answer:
    """Show one page; one's own readings can be changed from here."""
    name = _name(page)
    if page.total == 0:
        return _nothing(page, name, replaces=replaces)
    blocks = [section(f"*{name}: {page.total}*, newest first")]
    blocks += [block for mood in page.readings for block in _line(page, mood, you, now)]
    if page.pages > 1:
        blocks.append(context(f"Page {page.filter.page} of {page.pages}"))
    blocks.append(actions(list(_buttons(page))))
    shows = again(ActionId.MOOD_LIST, encode(page.filter))
    return Answer(text=f"{name}: {page.total}", blocks=tuple(blocks), replaces=replaces, again=shows)


def _name(page: MoodPage) -> str:
    what = "heard from clients" if page.filter.heard else "client moods"
    whose = page.project.key if page.project else "All projects"
    return f"Yours · {what}" if page.filter.mine and not page.project else f"{whose} · {what}"


def _line(page: MoodPage, mood: MoodView, you: PersonRef, now: datetime) -> Iterator[Block]:
    key = "" if page.project else f"{mood.project_key} · "
    lock = "🔒 " if mood.visibility is Visibility.RESTRICTED else ""
    who = words.who_and_when(mood, now)
    edit = button("Edit", ActionId.MOOD_EDIT, str(mood.id)) if mood.author.id == you.id else None
    if page.filter.heard:
        said = [f"*{words.HEARD_WORDS[kind]}* {escape(text)}" for kind, text in mood.heard.items()]
        yield section("\n".join([*said, f"{lock}{key}{who}"]), edit)
        return
    role = f" · {escape(mood.client_role)}" if mood.client_role else ""
    first = f"{lock}{MOOD_MARKS[mood.value]} {key}*{words.spoken(mood.value)}*{role} · {who}"
    more = [words.sentence(mood)]
    more += [f"{words.HEARD_WORDS[kind]}: {escape(text)}" for kind, text in mood.heard.items()]
    more += [f"Follow-up: {escape(mood.follow_up)}"] if mood.follow_up else []
    yield section("\n".join(filter(None, [first, *more])), edit)


def _buttons(page: MoodPage) -> Iterator[Element]:
    wanted = page.filter
    turns = (ActionId.MOOD_PAGE_BACK, ActionId.MOOD_PAGE_ON)
    yield from turning(wanted.page, page.pages, turns, lambda number: encode(replace(wanted, page=number)))
    if page.project is not None:
        yield button("Trend", ActionId.MOOD_TREND, str(page.project.id))
    if wanted.heard:
        yield button("Moods", ActionId.MOOD_LIST, encode(replace(wanted, heard=False, page=1)))
    else:
        yield button("Heard", ActionId.MOOD_HEARD, encode(replace(wanted, heard=True, page=1)))
    yield button("Log a mood", ActionId.MOOD_NEW)


def _nothing(page: MoodPage, name: str, *, replaces: bool) -> Answer:
    if page.filter.heard:
        text, buttons = f"*{name}: nothing yet.* {_HOW_TO_HEAR}", list(_buttons(page))
    elif page.project is not None and not page.filter.mine:
        text = f"*Nobody has said yet how {page.project.key}'s client is.* One press, then one sentence:"
        buttons = five_buttons(str(page.project.id))
    else:
        text = f"*{name}: none yet.* Type `/mood 4 good call` in a project's channel."
        buttons = [button("Log a mood", ActionId.MOOD_NEW, style="primary")]
    return Answer(text=f"{name}: none yet", blocks=(section(text), actions(buttons)), replaces=replaces)
