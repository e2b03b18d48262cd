"""These records' modals, drawn."""

from collections.abc import Iterator, Sequence

from handlers.blocks import Block, Element, actions, button, escape, modal, option, section
from handlers.callback_ids import CallbackId
from handlers.forms import pack
from handlers.ids import ActionId
from handlers.inputs import OWN_TEAM, date_picker, field, person_select, radio, select, text_input
from handlers.projects.choosing import project_field
from handlers.raid.forms import NOT_SURE, RaidForm
from handlers.raid.questions import MOVE_WORDS, PARTY_QUESTIONS, QUESTIONS, WAY_WORDS
from handlers.raid.words import VISIBILITY_WORDS
from models.commands import PARTY_LENGTH, TEXT_LENGTH, TITLE_LENGTH
from models.read_models import ProjectChoice
from models.rules.raid.states import RaidMove
from models.rules.raid.words import RaidKind
from models.rules.risks.scoring import IMPACT_WORDS
from models.rules.risks.words import Visibility


def log_modal(form: RaidForm, projects: Sequence[ProjectChoice]) -> Block:
    """Return the modal that logs a record; ``projects`` fill the project's select."""
    form = form.foldable()
    blocks = [*_note(form), *_basics(form), project_field(projects, form.get("project"))]
    blocks += _more(form, can_decide=True)
    title = f"Log {form.kind.a_thing}"
    return modal(CallbackId.RAID_LOG, title, blocks, submit=title, metadata=pack(form.carried()))


def edit_modal(form: RaidForm) -> Block:
    """Return the modal that changes a record: what is changed most, and the rest behind More."""
    form = form.foldable()
    blocks = [*_note(form), *_basics(form), *_more(form)]
    title = f"Edit {form.reference}"
    return modal(CallbackId.RAID_EDIT, title, blocks, submit="Save", metadata=pack(form.carried()))


def supersede_modal(form: RaidForm) -> Block:
    """Return the modal that lets a new decision take the place of one."""
    blocks = [
        section(
            f"*{form.reference}* stays on record as it was, and this one takes its place.", block_id="subject"
        ),
        _title(form),
        *_decision(form, is_optional=False),
        _owner(form, "Who decided?"),
    ]
    title = f"Instead of {form.reference}"
    return modal(CallbackId.RAID_SUPERSEDE, title, blocks, submit="Decide", metadata=pack(form.carried()))


def move_modal(form: RaidForm, move: RaidMove) -> Block:
    """Return the modal that asks for a move's words."""
    words = MOVE_WORDS[move]
    blocks = [section(f"*{escape(form.get('title'))}*", block_id="subject")]
    if move is RaidMove.DECIDE:
        blocks += [*_decision(form, is_optional=False), _owner(form, "Who decided?")]
    else:
        said = text_input(
            "outcome", max_length=TEXT_LENGTH, placeholder=words.placeholder, text=form.get("outcome")
        )
        blocks.append(field("outcome", words.question, said, optional=words.is_optional))
    title = words.title.format(form.reference)
    return modal(CallbackId.RAID_MOVE, title, blocks, submit=words.submit, metadata=pack(form.carried()))


def action_modal(form: RaidForm) -> Block:
    """Return the modal that asks somebody to do something about an issue or a decision."""
    step = text_input(
        "outcome", max_length=TITLE_LENGTH, placeholder="Call the host", text=form.get("outcome")
    )
    owner = person_select("owner", placeholder=OWN_TEAM, chosen=form.get("owner"))
    blocks = [
        section(f"*{escape(form.get('title'))}*", block_id="subject"),
        field("outcome", "What is to be done?", step, optional=False),
        field("owner", "Who does it?", owner, optional=False),
        field(
            "due",
            "By when?",
            date_picker("due", placeholder="Pick a day", chosen=form.due_on()),
            optional=False,
        ),
    ]
    title = f"Action for {form.reference}"
    return modal(CallbackId.RAID_ACTION, title, blocks, submit="Ask them", metadata=pack(form.carried()))


def _note(form: RaidForm) -> Iterator[Block]:
    if form.note:
        yield section(form.note, block_id="note")


def _basics(form: RaidForm) -> Iterator[Block]:
    """Yield the fields that show at once."""
    asked = QUESTIONS[form.kind]
    yield _title(form)
    if form.kind is RaidKind.ISSUE:
        levels = [option(f"{level} – {word}", str(level)) for level, word in reversed(IMPACT_WORDS.items())]
        levels.append(option("Not sure", NOT_SURE))
        yield field("impact", "How bad is it?", _choice("impact", levels, form))
    if form.kind is RaidKind.DEPENDENCY:
        ways = [option(word, way) for way, word in WAY_WORDS.items()]
        way = radio(ActionId.RAID_FORM_WAY, ways, chosen=form.direction())
        yield field("direction", "Which way does it go?", way, optional=False, live=True)
        yield field("party", PARTY_QUESTIONS[form.direction()], _party(form, "Acme IT"))
    yield _owner(form, asked.owner)
    if form.kind is RaidKind.DECISION and form.is_open:
        yield field("party", "Or somebody who is not of the team?", _party(form, "Robin at Acme"))
    yield field("due", asked.due, date_picker("due", placeholder="Pick a day", chosen=form.due_on()))


def _title(form: RaidForm) -> Block:
    asked = QUESTIONS[form.kind]
    element = text_input("title", max_length=TITLE_LENGTH, placeholder=asked.example, text=form.get("title"))
    return field("title", asked.title, element, optional=False)


def _owner(form: RaidForm, question: str) -> Block:
    element = person_select("owner", placeholder="Nobody yet", chosen=form.get("owner"))
    return field("owner", question, element, hint=f"{OWN_TEAM}.")


def _party(form: RaidForm, example: str) -> Element:
    return text_input("party", max_length=PARTY_LENGTH, placeholder=example, text=form.get("party"))


def _decision(form: RaidForm, *, is_optional: bool) -> Iterator[Block]:
    placeholder = MOVE_WORDS[RaidMove.DECIDE].placeholder
    outcome = text_input("outcome", max_length=TEXT_LENGTH, placeholder=placeholder, text=form.get("outcome"))
    question = "Decided already? Then what?" if is_optional else "What was decided?"
    yield field("outcome", question, outcome, optional=is_optional)
    why = text_input("rationale", max_length=TEXT_LENGTH, multiline=True, text=form.get("rationale"))
    yield field("rationale", "Why?", why)


def _more(form: RaidForm, *, can_decide: bool = False) -> Iterator[Block]:
    if not form.is_open:
        yield actions([button("More", ActionId.RAID_FORM_MORE)], block_id="more")
        return
    if form.kind is RaidKind.DEPENDENCY:
        supplier = text_input("supplier", max_length=PARTY_LENGTH, text=form.get("supplier"))
        yield field("supplier", "Who sees to it on their side?", supplier)
    if form.kind is RaidKind.DECISION and can_decide:
        yield from _decision(form, is_optional=True)
    details = text_input("details", max_length=TEXT_LENGTH, multiline=True, text=form.get("details"))
    yield field("details", QUESTIONS[form.kind].details, details)
    viewers = [option(words, visibility) for visibility, words in VISIBILITY_WORDS.items()]
    chosen = form.get("visibility") or Visibility.TEAM
    yield field("visibility", "Who sees it?", radio("visibility", viewers, chosen=chosen), optional=False)


def _choice(name: str, choices: list[Element], form: RaidForm) -> Element:
    return select(name, choices, placeholder="Choose one", chosen=form.get(name))
