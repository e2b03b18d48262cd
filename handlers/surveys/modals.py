"""The modal in which an answer is recorded or corrected, drawn."""

from collections.abc import Iterator
from datetime import date

from handlers.blocks import Block, Element, escape, modal, option, section
from handlers.callback_ids import CallbackId
from handlers.forms import day_in, pack
from handlers.inputs import OPTION_COUNT, date_picker, field, radio, select, text_input
from handlers.surveys import words
from handlers.surveys.forms import ASKED, UNASKED, RecordForm, What
from models.commands.surveys import ABOUT_LENGTH, REASON_LENGTH
from models.read_models import RecordStart
from models.rules.moods.words import near_day
from models.rules.surveys.csat import RATINGS

_TITLES = {What.ANSWER: "{}: client answer", What.MAIL: "{}: asked by mail"}


def record_modal(form: RecordForm, start: RecordStart, today: date) -> Block:
    """Return the modal that writes down an answer, or that somebody asked by mail."""
    is_mail = form.what is What.MAIL
    choices = list(_who(form, start, today))[:OPTION_COUNT]
    who = select("who", choices, placeholder="Choose somebody", chosen=form.get("who"))
    about = text_input(
        "about", max_length=ABOUT_LENGTH, text=form.get("about"), placeholder=start.project.name
    )
    blocks = [
        *_note(form),
        field("who", "Whom did you ask?" if is_mail else "Who answered?", who, optional=False),
        section(f"*About* {escape(start.survey.about)}", block_id="about")
        if start.survey
        else field("about", "About", about, hint=_about_hint(start, is_mail=is_mail)),
        *_answer(form, is_mail=is_mail),
    ]
    title = _TITLES[form.what].format(form.project_key)
    return modal(CallbackId.SURVEY_RECORD, title, blocks, submit="Save", metadata=pack(form.carried()))


def correction_modal(form: RecordForm) -> Block:
    """Return the modal that changes what was recorded."""
    blocks = [*_note(form), section(f"*{escape(form.subject)}*", block_id="subject"), *_answer(form)]
    return modal(
        CallbackId.SURVEY_EDIT, "Change an answer", blocks, submit="Save", metadata=pack(form.carried())
    )


def _note(form: RecordForm) -> Iterator[Block]:
    if form.note:
        yield section(form.note, block_id="note")


def _who(form: RecordForm, start: RecordStart, today: date) -> Iterator[Element]:
    if form.what is not What.MAIL:
        for each in start.asked:
            asked = f"{each.contact_name}, asked {near_day(each.asked_on, today)} about {each.about}"
            yield option(asked, f"{ASKED}:{each.id}")
    unasked = "" if form.what is What.MAIL or not start.asked else ", by themselves"
    for contact in start.contacts:
        yield option(f"{contact.name}{unasked}", f"{UNASKED}:{contact.id}")


def _about_hint(start: RecordStart, *, is_mail: bool) -> str:
    asked = "" if is_mail else " as a whole, or what they were asked about"
    return f"A milestone, perhaps. Empty means {start.project.name}{asked}."


def _answer(form: RecordForm, *, is_mail: bool = False) -> Iterator[Block]:
    ratings = radio(
        "rating", [option(words.choice(value), str(value)) for value in RATINGS], chosen=form.get("rating")
    )
    label = "Did they answer already?" if is_mail else "Overall, how satisfied are they with our delivery?"
    yield field("rating", label, ratings, optional=is_mail)
    reason = text_input(
        "reason",
        max_length=REASON_LENGTH,
        text=form.get("reason"),
        placeholder="Always in time, and no surprises",
    )
    yield field("reason", "The main reason", reason, hint="In their own words, where they gave one.")
    day = date_picker("on", placeholder="Today", chosen=day_in(form.get("on")))
    yield field("on", "Asked on" if is_mail else "Answered on", day)
