"""The fields of the modal of rituals that say when it comes round."""

from collections.abc import Iterator, Mapping, Sequence

from handlers.blocks import Block, Element, option
from handlers.forms import SEPARATOR, day_in
from handlers.ids import ActionId
from handlers.inputs import date_picker, field, multi_select, select, text_input, time_picker
from handlers.rituals.form_timing import AROUND, DAY, NONE, NTH, ONCE, weeks_of
from handlers.rituals.forms import RitualForm
from models.read_models import ProjectChoice, RitualName, RitualSetup, TimesAhead
from models.rules.rituals.recurrence import OnHoliday
from models.rules.rituals.recurrence_words import DAYS, NTH_WORDS
from models.rules.rituals.steps import RitualSort
from models.value import Value

_MOST_APART = 10
LIVE = ActionId.RITUAL_FORM

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
    coming: TimesAhead
    problem: str
    """Why there are no next dates yet, in mrkdwn."""
    beside: Mapping[str, str]
    """By field, what is wrong with what is typed there; the dates are told as if it were not."""
    zone: str
    """The zone in which the dates are told."""
    viewer_zone: str
    present: RitualSetup | None = None
    """What is on already, where one is enough."""
    on_holiday: OnHoliday = OnHoliday.KEEP
    """What becomes of a time on a holiday: as it was chosen, or else what is proposed."""


def timing_fields(form: RitualForm, offer: Offer) -> Iterator[Block]:
    """Yield how often, on which days and at what time."""
    often = form.get("often")
    weeks = weeks_of(often)
    offered = _OFTEN if weeks is None or often in _OFTEN else {often: f"Every {weeks} weeks", **_OFTEN}
    element = select(
        LIVE,
        [option(label, value) for value, label in offered.items()],
        placeholder="Choose one",
        chosen=often,
    )
    yield live("often", "How often?", element)
    yield from _days(form, often, offer)
    yield live("at", "At what time?", time_picker(LIVE, placeholder="15:00", chosen=form.get("at")))


def _days(form: RitualForm, often: str, offer: Offer) -> Iterator[Block]:
    if (weeks := weeks_of(often)) is not None:
        days = [option(day, str(number)) for number, day in enumerate(DAYS)]
        chosen = form.get("days").split(SEPARATOR)
        yield live("days", "On", multi_select(LIVE, days, placeholder="Choose days", chosen=chosen))
        if weeks > 1:
            picker = date_picker(LIVE, placeholder="This week", chosen=day_in(form.get("first")))
            hint = "A day in a week in which it takes place; weeks are counted from there."
            yield live("first", "Counted from", picker, hint=hint, optional=True)
    elif often == NTH:
        nth = [option(f"The {word}", str(number)) for number, word in NTH_WORDS.items()]
        yield live("nth", "Which one?", chosen_of(nth, form.get("nth") or "1"))
        days = [option(day, str(number)) for number, day in enumerate(DAYS)]
        weekday = form.get("weekday") or form.get("days").partition(SEPARATOR)[0] or "0"
        yield live("weekday", "On", chosen_of(days, weekday))
    elif often == DAY:
        number = text_input(LIVE, max_length=2, text=form.get("number") or "1")
        hint = "In a shorter month it is the last day."
        yield live("number", "On which day of the month?", number, hint=hint)
    elif often == ONCE:
        picker = date_picker(LIVE, placeholder="Pick a day", chosen=day_in(form.get("on")))
        yield live("on", "On", picker)
    else:
        yield from _around(form, offer)


def _around(form: RitualForm, offer: Offer) -> Iterator[Block]:
    others = [
        option(f"{each.project_key} {each.name}".strip(), str(each.id))
        for each in offer.rituals
        if each.id != form.ritual_id
    ] or [option("There is no other yet", NONE)]
    yield live("other", "Which ritual?", chosen_of(others, form.get("other") or others[0]["value"]))
    apart = [option(_apart(number), str(number)) for number in range(-_MOST_APART, _MOST_APART + 1)]
    yield live("apart", "How far from it?", chosen_of(apart, form.get("apart") or "-1"))


def _apart(number: int) -> str:
    if not number:
        return "On the same day"
    days = "working day" if abs(number) == 1 else "working days"
    return f"{abs(number)} {days} {'before' if number < 0 else 'after'}"


def chosen_of(choices: Sequence[Element], chosen: str) -> Element:
    """Return a select that tells of each choice at once."""
    return select(LIVE, choices, placeholder="Choose one", chosen=chosen)


def live(name: str, label: str, element: Element, *, hint: str = "", optional: bool = False) -> Block:
    """Return a field that tells of each choice at once, so that the dates are shown anew."""
    return field(name, label, element, hint=hint, optional=optional, live=True)
