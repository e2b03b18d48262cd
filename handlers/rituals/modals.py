"""The modal that switches a ritual on or changes it, drawn, with the next dates as they would be."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from handlers.blocks import (
    Block,
    Element,
    actions,
    button,
    channel_select,
    context,
    date_picker,
    escape,
    field,
    modal,
    multi_select,
    option,
    person_select,
    section,
    select,
    text_input,
    time_picker,
)
from handlers.forms import SEPARATOR, day_in, pack
from handlers.ids import ActionId, CallbackId
from handlers.projects.choosing import project_field
from handlers.rituals import words
from handlers.rituals.form_timing import AROUND, DAY, NONE, NTH, ONCE, weeks_of
from handlers.rituals.forms import SETTING, RitualForm, what_of
from models.commands import RITUAL_NAME_LENGTH, SETTING_LENGTH
from models.read_models import ProjectChoice, RitualName
from models.rules.projects import LINK_LENGTH
from models.rules.recurrence import OnHoliday
from models.rules.recurrence_words import DAYS, NTH_WORDS
from models.rules.rituals import RitualSort, Setting, SettingInput
from models.value import Value

_ZONE_LENGTH = 60
_COUNTRY_LENGTH = 60
_MOST_PROJECTS = 98
_MOST_APART = 10
_LIVE = ActionId.RITUAL_FORM

_OFTEN = {
    "w1": "Every week",
    "w2": "Every second week",
    "w3": "Every third week",
    "w4": "Every fourth week",
    "w13": "Every quarter (13 weeks)",
    "w26": "Every half year (26 weeks)",
    NTH: "Every month, on a weekday",
    DAY: "Every month, on a date",
    ONCE: "Once",
    AROUND: "Before or after another ritual",
}


class Offer(Value):
    """What the modal has to choose from, and what it tells of the next dates."""

    sorts: Sequence[RitualSort]
    projects: Sequence[ProjectChoice]
    rituals: Sequence[RitualName]
    coming: Sequence[datetime]
    problem: str
    """Why there are no next dates yet, in mrkdwn."""
    beside: Mapping[str, str]
    """By field, what is wrong with what is typed there; the dates are told as if it were not."""
    zone: str
    """The zone in which the dates are told."""
    viewer_zone: str


def ritual_modal(form: RitualForm, offer: Offer) -> Block:
    """Return the modal; what it has no field for is carried along."""
    sort = next(each for each in offer.sorts if each.kind == form.kind)
    if not form.is_open and form.is_too_long_to_fold:
        form = replace(form, is_open=True)
    blocks = [
        *_note(form),
        *_what(form, sort, offer),
        *_settings(form, sort, is_required=True),
        *_timing(form, offer),
        *_preview(offer),
        *_more(form, sort, offer),
    ]
    shown = frozenset(block["block_id"] for block in blocks if block["type"] == "input")
    is_new = form.ritual_id is None
    return modal(
        CallbackId.RITUAL_SAVE,
        "Switch on a ritual" if is_new else "Change a ritual",
        blocks,
        submit="Switch on" if is_new else "Save",
        metadata=pack(form.carried(shown)),
    )


def _note(form: RitualForm) -> Iterator[Block]:
    if form.note:
        yield section(form.note, block_id="note")


def _what(form: RitualForm, sort: RitualSort, offer: Offer) -> Iterator[Block]:
    if form.ritual_id is not None:
        yield section(f"*{escape(form.name)}*\n{sort.says}", block_id="which")
    else:
        choices = [
            option(_label(each, number), what_of(each.kind, number))
            for each in offer.sorts
            for number in range(max(1, len(each.presets)))
        ]
        element = select(
            ActionId.RITUAL_FORM_WHAT, choices, placeholder="Choose one", chosen=form.get("what")
        )
        yield field("what", "What?", element, hint=sort.says, optional=False, live=True)
    if not form.is_placed:
        yield from _place(form, sort, offer)


def _place(form: RitualForm, sort: RitualSort, offer: Offer) -> Iterator[Block]:
    if form.ritual_id is None:
        yield _project(form, sort, offer)
    if sort.needs_channel:
        element = channel_select(
            "channel", placeholder="Choose a channel", chosen=form.get("channel") or None, shared=False
        )
        yield field("channel", "Where do I say it?", element, optional=False)


def _label(sort: RitualSort, number: int) -> str:
    if number >= len(sort.presets):
        return sort.name
    preset = sort.presets[number]
    return preset.name if preset.name == sort.name else f"{preset.name} ({sort.name.lower()})"


def _project(form: RitualForm, sort: RitualSort, offer: Offer) -> Block:
    if len(offer.projects) > _MOST_PROJECTS:
        return project_field(offer.projects, form.get("project"))
    choices = [] if sort.needs_project else [option("None: the whole organisation", NONE)]
    choices += [option(f"{each.key} – {each.name}", str(each.id)) for each in offer.projects]
    element = select(
        ActionId.RITUAL_FORM_PROJECT, choices, placeholder="Choose a project", chosen=form.get("project")
    )
    return field("project", "Project", element, optional=False, live=True)


def _timing(form: RitualForm, offer: Offer) -> Iterator[Block]:
    often = form.get("often")
    weeks = weeks_of(often)
    offered = _OFTEN if weeks is None or often in _OFTEN else {often: f"Every {weeks} weeks", **_OFTEN}
    element = select(
        _LIVE,
        [option(label, value) for value, label in offered.items()],
        placeholder="Choose one",
        chosen=often,
    )
    yield _live("often", "How often?", element)
    yield from _days(form, often, offer)
    yield _live("at", "At what time?", time_picker(_LIVE, placeholder="15:00", chosen=form.get("at")))


def _days(form: RitualForm, often: str, offer: Offer) -> Iterator[Block]:
    if (weeks := weeks_of(often)) is not None:
        days = [option(day, str(number)) for number, day in enumerate(DAYS)]
        chosen = form.get("days").split(SEPARATOR)
        yield _live("days", "On", multi_select(_LIVE, days, placeholder="Choose days", chosen=chosen))
        if weeks > 1:
            picker = date_picker(_LIVE, placeholder="This week", chosen=day_in(form.get("first")))
            hint = "A day in a week in which it takes place; weeks are counted from there."
            yield _live("first", "Counted from", picker, hint=hint, optional=True)
    elif often == NTH:
        nth = [option(f"The {word}", str(number)) for number, word in NTH_WORDS.items()]
        yield _live("nth", "Which one?", _select(nth, form.get("nth") or "1"))
        days = [option(day, str(number)) for number, day in enumerate(DAYS)]
        weekday = form.get("weekday") or form.get("days").partition(SEPARATOR)[0] or "0"
        yield _live("weekday", "On", _select(days, weekday))
    elif often == DAY:
        number = text_input(_LIVE, max_length=2, text=form.get("number") or "1")
        hint = "In a shorter month it is the last day."
        yield _live("number", "On which day of the month?", number, hint=hint)
    elif often == ONCE:
        picker = date_picker(_LIVE, placeholder="Pick a day", chosen=day_in(form.get("on")))
        yield _live("on", "On", picker)
    else:
        yield from _around(form, offer)


def _around(form: RitualForm, offer: Offer) -> Iterator[Block]:
    others = [
        option(f"{each.project_key} {each.name}".strip(), str(each.id))
        for each in offer.rituals
        if each.id != form.ritual_id
    ] or [option("There is no other yet", NONE)]
    yield _live("other", "Which ritual?", _select(others, form.get("other") or others[0]["value"]))
    apart = [option(_apart(number), str(number)) for number in range(-_MOST_APART, _MOST_APART + 1)]
    yield _live("apart", "How far from it?", _select(apart, form.get("apart") or "-1"))


def _apart(number: int) -> str:
    if not number:
        return "On the same day"
    days = "working day" if abs(number) == 1 else "working days"
    return f"{abs(number)} {days} {'before' if number < 0 else 'after'}"


def _select(choices: Sequence[Element], chosen: str) -> Element:
    return select(_LIVE, choices, placeholder="Choose one", chosen=chosen)


def _live(name: str, label: str, element: Element, *, hint: str = "", optional: bool = False) -> Block:
    return field(name, label, element, hint=hint, optional=optional, live=True)


def _preview(offer: Offer) -> Iterator[Block]:
    if offer.coming:
        told = "\n".join(words.times(offer.coming, offer.zone, offer.viewer_zone))
        yield section(f"*The next ones*\n{told}", block_id="preview")
    else:
        yield context(offer.problem, block_id="preview")


def _more(form: RitualForm, sort: RitualSort, offer: Offer) -> Iterator[Block]:
    if not form.is_open:
        yield context(" · ".join(_kept(form, sort, offer)), block_id="kept")
        yield actions([button("More", ActionId.RITUAL_FORM_MORE)], block_id="more")
        return
    if form.is_placed:
        yield from _place(form, sort, offer)
    name = text_input("name", max_length=RITUAL_NAME_LENGTH, text=form.get("name"))
    yield field("name", "What is it called?", name, optional=False)
    yield from _settings(form, sort, is_required=False)
    zone_input = text_input(
        _LIVE, max_length=_ZONE_LENGTH, text=form.get("zone"), placeholder="Europe/London"
    )
    hint = "A place, not a clock: it stays right when the clocks change. Enter shows the dates anew."
    yield _live("zone", "Time zone", zone_input, hint=_hint("zone", offer, hint))
    holidays = [option(label, value) for value, label in words.HOLIDAY_CHOICES.items()]
    yield _live(
        "holiday",
        "If it falls on a holiday, a day off or a weekend",
        _select(holidays, form.get("holiday") or OnHoliday.KEEP),
    )
    country = text_input(_LIVE, max_length=_COUNTRY_LENGTH, text=form.get("country"), placeholder="Germany")
    hint = "None: only the days off."
    yield _live(
        "country", "Holidays of which country?", country, hint=_hint("country", offer, hint), optional=True
    )
    minutes = text_input("minutes", max_length=3, text=form.get("minutes"), placeholder="60")
    yield field("minutes", "Minutes, where people meet", minutes)
    owner = person_select("owner", placeholder="You", chosen=form.get("owner") or None)
    hint = "One of your own team, no guest. They hear of it when something is wrong, and may change it."
    yield field("owner", "Whose is it?", owner, hint=hint)


def _hint(name: str, offer: Offer, otherwise: str) -> str:
    """Return what stands below a field: what is wrong with what is typed there, if anything."""
    problem = offer.beside.get(name)
    return f"⚠️ {problem}" if problem else otherwise


def _kept(form: RitualForm, sort: RitualSort, offer: Offer) -> Iterator[str]:
    """Yield what stands behind More, in a few words."""
    if form.is_placed:
        yield "For " + next(
            (each.key for each in offer.projects if str(each.id) == form.get("project")), words.EVERYBODY
        )
        if sort.needs_channel:
            yield f"in <#{form.get('channel')}>"
    yield f"by the clock of {escape(form.get('zone'))}"
    if form.get("holiday") not in {"", OnHoliday.KEEP}:
        yield words.HOLIDAY_CHOICES[OnHoliday(form.get("holiday"))].lower() + " on holidays"


def _settings(form: RitualForm, sort: RitualSort, *, is_required: bool) -> Iterator[Block]:
    for setting in sort.fields:
        if setting.is_required == is_required:
            yield field(
                SETTING + setting.name,
                setting.label,
                _input(setting, form.get(SETTING + setting.name)),
                hint=setting.hint,
                optional=not is_required,
            )


def _input(setting: Setting, value: str) -> Element:
    name = SETTING + setting.name
    if setting.kind is SettingInput.CHOICE:
        choices = [option(label, each) for each, label in setting.choices.items()]
        return select(
            name, choices, placeholder="Choose one", chosen=value or next(iter(setting.choices), "")
        )
    is_link = setting.kind is SettingInput.LINK
    return text_input(
        name,
        max_length=LINK_LENGTH if is_link else SETTING_LENGTH,
        text=value,
        placeholder=setting.placeholder or ("https://" if is_link else ""),
        multiline=setting.kind is SettingInput.TEXT,
    )
