"""The status's modal, drawn by exception: only what isn't green opens fields."""

from collections.abc import Iterator

from handlers.blocks import Block, actions, button, context, divider, escape, modal, option, section
from handlers.callback_ids import CallbackId
from handlers.forms import pack
from handlers.ids import ActionId
from handlers.inputs import checkboxes, field, select, text_input
from handlers.statuses import words
from handlers.statuses.forms import StatusForm
from handlers.statuses.plan_fields import plan_fields
from models.commands import INSIGHT_LENGTH
from models.commands.statuses import DECISION_LENGTH, HEADLINE_LENGTH, NOTES_LENGTH, REASON_LENGTH
from models.read_models import StatusStart, StatusView
from models.rules.projects.kinds import ProjectKind
from models.rules.statuses.inside import Inside, verdict
from models.rules.statuses.rag import DIMENSION_WORDS, Colour, forbids_green, movement, overall
from models.rules.statuses.words import ground_words

PLACEHOLDER_LENGTH = 150
_CARRIED = "Asked before and not decided yet. Empty it if nobody needs to decide it any more."
_KEPT = "Closed without sending, it keeps what stood in it at your last tick or choice."
_FAIR = "Better than computed wants a reason, and shows as “Amber (computed Red)”."


def status_modal(form: StatusForm, start: StatusStart, me: str) -> Block:
    """Return the modal; ``me`` is the Slack id of whoever fills it in."""
    blocks = [
        *_note(form, start),
        *_standing(start),
        _headline(form, start),
        _ticks(form, start),
        *_suggestions(form, start),
        *(each for dimension in form.ticked for each in plan_fields(form, start, dimension, me)),
        *_overall(form, start),
        *_green_but(form, start),
        *_mood(form, start),
        *_decision(form, start),
        _notes(form, "done", "Done"),
        _notes(form, "coming", "Next"),
        *_more(form),
        context(_KEPT, block_id="kept"),
    ]
    title = words.title(start.project.key, start.period)
    submit = "Save changes" if start.present else "Post update"
    return modal(CallbackId.STATUS_POST, title, blocks, submit=submit, metadata=pack(form.carried()))


def _note(form: StatusForm, start: StatusStart) -> Iterator[Block]:
    if form.note:
        yield section(form.note, block_id="note")
    if form.has_draft:
        afresh = button("Start afresh", ActionId.STATUS_AFRESH, words.encode(form.project_id, form.period))
        told = "nothing of it is posted yet."
        if start.present is not None:
            told = f"{start.period.name} is posted already, and what is changed here isn't yet."
        yield section(f"Your draft is back: {told}", afresh, block_id="draft")
    if start.missing is not None and start.present is None:
        carried = words.encode(form.project_id, start.missing)
        other = button(f"Fill in {start.missing.name}", ActionId.STATUS_OPEN, carried)
        yield section(f"{start.missing.name.capitalize()} isn't in yet.", other, block_id="missing")


def _standing(start: StatusStart) -> Iterator[Block]:
    told = [f"*{escape(start.project.name)}*"]
    if start.present is None and start.due_at is not None:
        told.append(words.standing(start))
    if start.last is not None:
        last = start.last.status
        told.append(f"{last.period.name}: {words.colour(last.rag.declared)}")
    yield context(" · ".join(told), block_id="standing")


def _headline(form: StatusForm, start: StatusStart) -> Block:
    last = f"Last time: {start.last.status.headline}" if start.last else "Release still on 23 October"
    element = text_input(
        "headline",
        max_length=HEADLINE_LENGTH,
        text=form.get("headline"),
        placeholder=last[:PLACEHOLDER_LENGTH],
    )
    return field("headline", "Headline", element, optional=False)


def _ticks(form: StatusForm, start: StatusStart) -> Block:
    kind = start.project.kind
    choices = [option(name, dimension) for dimension, name in DIMENSION_WORDS[kind].items()]
    element = checkboxes(ActionId.STATUS_FORM_TICK, choices, chosen=form.ticked)
    hint = "Nothing ticked means all green."
    if start.present is None and start.last is not None and _keeps_ticks(form, start.last.status):
        hint = f"Ticked as in {start.last.status.period.name}. Untick what is green again."
    return field("not_green", "What isn't green, or doesn't apply?", element, hint=hint, live=True)


def _keeps_ticks(form: StatusForm, last: StatusView) -> bool:
    """Tell whether something wasn't green last time, and all of it is ticked."""
    not_green = {each for each, colour in last.colours.items() if colour is not Colour.GREEN}
    return bool(not_green) and not_green <= set(form.ticked)


def _suggestions(form: StatusForm, start: StatusStart) -> Iterator[Block]:
    """Say where the project's own figures have it otherwise."""
    for each in start.suggestions:
        declared = form.colour(each.dimension)
        if declared in (each.colour, Colour.NOT_APPLICABLE):
            continue
        name = words.name(start.project.kind, each.dimension)
        ground = ground_words(each.ground, each.figure)
        yield context(
            f"💡 {name} would be {words.colour(each.colour)}: {ground}. You decide.",
            block_id=f"suggestion_{each.dimension}",
        )


def _overall(form: StatusForm, start: StatusStart) -> Iterator[Block]:
    colours = form.colours(start)
    computed = overall(colours)
    declared = form.declared() or computed
    told = f"*Overall: {words.colour(declared)}*"
    if declared is not computed:
        told += f" (computed {computed.word})"
    before = start.last.status.rag.declared if start.last else None
    if before is not None and before is not declared:
        told += f" {movement(before, declared).arrow} from {before.word}"
    if forbids_green(colours):
        told += " · too much is left out to call it green"
    yield divider()
    yield section(told, block_id="overall")


def _green_but(form: StatusForm, start: StatusStart) -> Iterator[Block]:
    """Name before it is posted what speaks against a green, and ask why it is green all the same."""
    declared = form.declared() or overall(form.colours(start))
    if declared is not Colour.GREEN or verdict(each.look for each in start.findings) is not Inside.FLAGGED:
        return
    yield section(f"*Green, but {escape(words.findings_told(start.findings))}.*", block_id="green_but")
    said, hint = form.get("justification"), ""
    present = start.present
    if present is not None and present.justification == said != "" and present.is_new(start.findings):
        said, hint = "", f"Something new was found since “{said}” was said. "
    why = text_input("justification", max_length=REASON_LENGTH, multiline=True, text=said)
    hint += "Or recolour it above. Without a word it reads “Green, but not explained yet”."
    yield field("justification", "Why is it green all the same?", why, hint=hint)


def _mood(form: StatusForm, start: StatusStart) -> Iterator[Block]:
    """Ask for the client's mood along with the present period; a mood is of the day on which it is said."""
    if start.present is not None or start.today > start.period.ends_on:
        return
    choices = [option(label, value) for value, label in words.MOOD_CHOICES.items()]
    element = select(ActionId.STATUS_FORM_MOOD, choices, placeholder="Choose one", chosen=form.get("mood"))
    yield field("mood", "How is the client?", element, live=True)
    if form.get("mood") and form.get("mood") != words.NO_CONTACT:
        sentence = text_input(
            "mood_insight",
            max_length=INSIGHT_LENGTH,
            text=form.get("mood_insight"),
            placeholder="Asked twice who decides about scope",
        )
        hint = "Write it as if the client may read it. Needed for 1 and 2, or when much has changed."
        yield field("mood_insight", "One sentence about it", sentence, hint=hint)


def _decision(form: StatusForm, start: StatusStart) -> Iterator[Block]:
    """Ask what is to be decided; where people are lent there is little, and the form is lighter."""
    if start.project.kind is not ProjectKind.MANAGED:
        return
    element = text_input(
        "decision",
        max_length=DECISION_LENGTH,
        text=form.get("decision"),
        placeholder="Drop single sign-on from v1? Priya, by Monday",
    )
    is_carried = start.present is None and form.get("decision") == start.open_question != ""
    yield field("decision", "Decision needed?", element, hint=_CARRIED if is_carried else "")


def _notes(form: StatusForm, name: str, label: str) -> Block:
    element = text_input(name, max_length=NOTES_LENGTH, text=form.get(name), multiline=True)
    hint = "Drafted from actions." if form.get(name) else ""
    return field(name, label, element, hint=hint)


def _more(form: StatusForm) -> Iterator[Block]:
    if not form.is_open:
        yield actions([button("More: set the overall", ActionId.STATUS_FORM_MORE)], block_id="more")
        return
    choices = [option(words.colour(each), each) for each in words.OVERALL_CHOICES]
    element = select(
        ActionId.STATUS_FORM_OVERALL, choices, placeholder="As computed", chosen=form.get("declared")
    )
    yield field("declared", "Overall, set by hand", element, hint=_FAIR, live=True)
    reason = text_input("reason", max_length=REASON_LENGTH, text=form.get("reason"))
    yield field("reason", "Why?", reason)
