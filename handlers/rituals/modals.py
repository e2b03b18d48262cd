"""The modal that switches a ritual on or changes it, drawn, with the next dates as they would be."""

from collections.abc import Iterator

from handlers.blocks import Block, Element, actions, button, context, escape, modal, option, section
from handlers.callback_ids import CallbackId
from handlers.forms import pack
from handlers.ids import ActionId
from handlers.inputs import channel_select, field, person_select, select, text_input
from handlers.projects.choosing import project_field
from handlers.rituals import words
from handlers.rituals.form_timing import NONE
from handlers.rituals.forms import SETTING, RitualForm
from handlers.rituals.timing_fields import LIVE, Offer, chosen_of, live, timing_fields
from handlers.rituals.what import what_of
from models.commands import RITUAL_NAME_LENGTH, SETTING_LENGTH
from models.rules.projects.kinds import LINK_LENGTH
from models.rules.rituals.steps import RitualSort, Setting, SettingInput
from models.services.rituals.countries import country_of
from models.value import replace

_ZONE_LENGTH = 60
_COUNTRY_LENGTH = 60
_MOST_PROJECTS = 98
_NO_PROJECT = "*This is of one project, and there is none.* Type `/project create` in its channel first."


def ritual_modal(form: RitualForm, offer: Offer) -> Block:
    """Return the modal; what it has no field for is carried along."""
    sort = next(each for each in offer.sorts if each.kind == form.kind)
    if not form.is_open and form.is_too_long_to_fold:
        form = replace(form, is_open=True)
    blocks = [
        *_note(form),
        *_what(form, sort, offer),
        *_settings(form, sort, is_required=True),
        *timing_fields(form, offer),
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
    if offer.present is not None:
        told = f"*{escape(offer.present.reference)}* is on already: {escape(offer.present.words)}."
        change = button("Change that one", ActionId.RITUAL_FORM_PRESENT, str(offer.present.id))
        yield section(f"{told} One is enough.", change, block_id="present")


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
    if not choices:
        return section(_NO_PROJECT, block_id="no_project")
    element = select(
        ActionId.RITUAL_FORM_PROJECT, choices, placeholder="Choose a project", chosen=form.get("project")
    )
    return field("project", "Project", element, optional=False, live=True)


def _preview(offer: Offer) -> Iterator[Block]:
    if offer.coming.times:
        told = "\n".join(words.times(offer.coming.times, offer.zone, offer.viewer_zone, offer.coming.skipped))
        for at in offer.coming.falls_away:
            told += f"\n⚠️ {words.falls_away(at, offer.zone)}"
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
    zone_input = text_input(LIVE, max_length=_ZONE_LENGTH, text=form.get("zone"), placeholder="Europe/London")
    hint = "A place, not a clock: it stays right when the clocks change. Enter shows the dates anew."
    yield live("zone", "Time zone", zone_input, hint=_hint("zone", offer, hint))
    holidays = [option(label, value) for value, label in words.HOLIDAY_CHOICES.items()]
    yield live(
        "holiday",
        "If it falls on a holiday, a day off or a weekend",
        chosen_of(holidays, offer.on_holiday),
    )
    country = text_input(LIVE, max_length=_COUNTRY_LENGTH, text=form.get("country"), placeholder="Germany")
    hint = "None: only the days off."
    yield live(
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
    yield words.holidays(offer.on_holiday, country_of(form.get("country")) or "")


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
