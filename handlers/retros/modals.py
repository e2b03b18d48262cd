"""The modals of retrospectives, drawn."""

from collections.abc import Iterator, Sequence
from datetime import date

from handlers.blocks import (
    Block,
    actions,
    button,
    confirmation,
    context,
    divider,
    escape,
    modal,
    moment,
    notice,
    option,
    section,
)
from handlers.callback_ids import CallbackId
from handlers.forms import day_in, pack
from handlers.ids import ActionId
from handlers.inputs import date_picker, field, person_select, radio, select, text_input
from handlers.projects.choosing import project_field
from handlers.retros import words
from handlers.retros.forms import (
    TEXT,
    ActionForm,
    CardForm,
    CardsForm,
    StartForm,
    format_label,
)
from models.commands import CARD_LENGTH, TITLE_LENGTH
from models.read_models import MyCards, ProjectChoice, RetroScreen, RetroView
from models.rules.retros.formats import FORMATS
from models.rules.retros.life import MOST_ACTIONS, SAFETY_QUESTION, SAFETY_SHOWN_FROM, SAFETY_WORDS, is_small
from models.services.retros.ritual import ANONYMOUS, ASKED_FIRST, AT_ONCE, NAMED, SAFETY

HOURS = range(8, 20)
SHOWN = 40
"""Cards of one's own that are shown; nobody has more."""
FIELD_LENGTH = 3000


def start_modal(form: StartForm, projects: Sequence[ProjectChoice]) -> Block:
    """Return the modal that starts one: which questions, until when, with or without names."""
    blocks = list(_start_fields(form, projects))
    title = f"{form.key} retro" if form.key else "New retro"
    return modal(CallbackId.RETRO_START, title, blocks, submit="Start", metadata=pack(form.carried()))


def _start_fields(form: StartForm, projects: Sequence[ProjectChoice]) -> Iterator[Block]:
    if form.note:
        yield section(form.note, block_id="note")
    if form.project_id is None:
        yield project_field(projects, form.get("project"))
    kinds = [option(format_label(kind), kind) for kind in FORMATS]
    chosen = select("format", kinds, placeholder="Choose", chosen=form.get("format"))
    yield field("format", "What do you ask?", chosen, optional=False)
    day = date_picker("day", placeholder="Pick a day", chosen=day_in(form.get("day")))
    yield field("day", "Cards until", day, optional=False)
    times = sorted({form.get("time"), *(f"{hour:02}:00" for hour in HOURS)} - {""})
    at = select("time", [option(each, each) for each in times], placeholder="Time", chosen=form.get("time"))
    where = form.timezone.rpartition("/")[2].replace("_", " ")
    yield field("time", "At", at, hint=f"As clocks show it in {where}.", optional=False)
    names = [option("Without names", ANONYMOUS), option("With names", NAMED)]
    yield field("names", "Cards", radio("names", names, chosen=form.get("names")), optional=False)
    first = [
        option("Straight to the cards", AT_ONCE),
        option("How free people feel to speak, 1 to 5", ASKED_FIRST),
    ]
    yield field(SAFETY, "Ask first", radio(SAFETY, first, chosen=form.get(SAFETY)), optional=False)
    if form.people and is_small(form.people):
        yield context(words.warning(form.people))


def cards_modal(form: CardsForm, mine: MyCards) -> Block:
    """Return the modal in which cards are added."""
    blocks: list[Block] = [section(f"*{mine.retro.spec.question}*"), context(_small_print(mine))]
    if mine.retro.asks_safety:
        blocks.append(_safety(form, mine))
    for place, column in enumerate(mine.retro.spec.columns):
        written = text_input(
            column.key,
            max_length=FIELD_LENGTH,
            text=form.values.get(column.key) or "",
            placeholder=column.prompt,
            multiline=True,
        )
        hint = "One line is one card." if place == 0 else ""
        blocks.append(field(column.key, column.title, written, hint=hint))
    title = f"{mine.retro.reference}: cards"
    return modal(CallbackId.RETRO_ADD, title, blocks, submit="Add", metadata=pack(form.carried()))


def _safety(form: CardsForm, mine: MyCards) -> Block:
    """Return the safety check, with one's own answer."""
    choices = [option(f"{value} · {said}", str(value)) for value, said in SAFETY_WORDS.items()]
    chosen = form.values.get(SAFETY) or (str(mine.safety) if mine.safety else None)
    hint = f"Shown as a mean when it closes, from {SAFETY_SHOWN_FROM} answers on; never whose is which."
    return field(SAFETY, SAFETY_QUESTION, radio(SAFETY, choices, chosen=chosen), hint=hint)


def _small_print(mine: MyCards) -> str:
    told = words.promise(mine.retro)
    if mine.is_small:
        told += " ⚠️ Your team is small: who wrote what is easy to guess."
    if mine.cards:
        told += f" You have {words.cards(len(mine.cards))} already: `/retro mine`."
    return told


def my_cards(mine: MyCards, note: str = "") -> Block:
    """Return one's own cards, each to be changed."""
    retro = mine.retro
    value = str(retro.id)
    blocks: list[Block] = [section(note)] if note else []
    for column in retro.spec.columns:
        theirs = [card for card in mine.cards if card.column == column.key]
        if theirs:
            blocks.append(context(f"*{column.title}*"))
        for card in theirs:
            change = button("Change", ActionId.RETRO_CARD_EDIT, str(card.id))
            blocks.append(section(escape(card.text), change, block_id=str(card.id)))
    if not mine.cards:
        blocks.append(section("You haven't added a card yet."))
    add = button("Add more" if mine.cards else "Add a card", ActionId.RETRO_ADD, value, style="primary")
    blocks += [divider(), actions([add]), context(f"Only you see this. {words.promise(retro)}")]
    return notice(f"{retro.reference}: yours", blocks)


def card_modal(form: CardForm, retro: RetroView, note: str = "") -> Block:
    """Return the modal that changes a card, or deletes it."""
    columns = [option(column.title, column.key) for column in retro.spec.columns]
    question = confirmation("Delete this card?", "It can't be brought back.", "Delete it")
    delete = button(
        "Delete it", ActionId.RETRO_CARD_DELETE, str(form.card_id), style="danger", confirm=question
    )
    blocks = [
        *([section(note, block_id="note")] if note else []),
        field(TEXT, "Card", text_input(TEXT, max_length=CARD_LENGTH, text=form.get(TEXT)), optional=False),
        field(
            "column",
            "Under",
            select("column", columns, placeholder="Choose", chosen=form.get("column")),
            optional=False,
        ),
        actions([delete], block_id="delete"),
    ]
    return modal(CallbackId.RETRO_CARD, "Change a card", blocks, submit="Save", metadata=pack(form.carried()))


def action_modal(form: ActionForm, retro: RetroView, due: date) -> Block:
    """Return the modal in which an action is agreed on."""
    blocks = [
        context(f"{MOST_ACTIONS} at most, so that they get done."),
        field(
            "title",
            "What is to be done?",
            text_input("title", max_length=TITLE_LENGTH, text=form.get("title"), placeholder="Pair on it"),
            optional=False,
        ),
        field("owner", "Who does it?", person_select("owner", placeholder="Choose somebody"), optional=False),
        field("due", "By when?", date_picker("due", placeholder="Pick a day", chosen=due), optional=False),
    ]
    title = f"{retro.reference}: action"
    return modal(CallbackId.RETRO_ACTION, title, blocks, submit="Agree", metadata=pack(form.carried()))


def agreed(screen: RetroScreen, lines: Sequence[str], *, has_room: bool) -> Block:
    """Return what the modal says once an action is agreed on."""
    blocks = [section("\n".join(["✓ Agreed. Whoever does it is told.", *lines]))]
    if has_room:
        another = button("Add another", ActionId.RETRO_ACTION, str(screen.retro.id))
        blocks.append(actions([another]))
    return notice(f"{screen.retro.reference}: actions", blocks)


def started(retro: RetroView) -> Block:
    """Return what the modal says once it is started."""
    add = button("Add the first card", ActionId.RETRO_ADD, str(retro.id), style="primary")
    text = (
        f"✓ *{retro.reference}* collects cards until {moment(retro.closes_at)}.\n"
        f"I ask in <#{retro.channel_id}>, and show all cards there when it closes."
    )
    return notice(retro.reference, [section(text), actions([add])])
