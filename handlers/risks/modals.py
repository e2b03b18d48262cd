"""The risk's modals, drawn."""

from collections.abc import Iterator, Sequence

from handlers.blocks import Block, actions, button, context, day, escape, modal, option, section
from handlers.callback_ids import CallbackId
from handlers.forms import day_in, pack
from handlers.ids import ActionId
from handlers.inputs import OWN_TEAM, date_picker, field, person_select, radio, select, text_input
from handlers.projects.choosing import project_field
from handlers.risks.forms import NOT_SURE, RiskForm
from handlers.risks.move_words import MoveWords
from handlers.risks.words import (
    CATEGORY_WORDS,
    HOW_MUCH,
    KIND_WORDS,
    PROXIMITY_WORDS,
    VISIBILITY_WORDS,
)
from models.commands import TEXT_LENGTH, TITLE_LENGTH
from models.read_models import ProjectChoice
from models.rules.risks.scoring import PROBABILITY_WORDS, band, score
from models.rules.risks.words import (
    IMPACT_WORDS_OF,
    STRATEGIES,
    STRATEGY_WORDS,
    TREATING,
    Visibility,
    band_word,
)

_FOR_OTHERS = "How likely and how bad is for its owner and the project's leads."
_SCORED = "It is scored already. Change that where you see it otherwise:"


def log_modal(form: RiskForm, projects: Sequence[ProjectChoice]) -> Block:
    """Return the modal that logs a risk; ``projects`` fill the project's select."""
    form = form.foldable()
    blocks = [_title(form), *_note(form), *_levels(form)]
    blocks += [project_field(projects, form.get("project")), *_more(form, is_new=True)]
    return modal(CallbackId.RISK_LOG, "Log a risk", blocks, submit="Log risk", metadata=_metadata(form))


def edit_modal(form: RiskForm) -> Block:
    """Return the modal that changes a risk: what is changed most, and the rest behind More."""
    form = form.foldable()
    levels = _levels(form) if form.may_score else [context(_unchanged(form), block_id="verdict")]
    blocks = [*_note(form), _title(form), *levels, _owner(form), _due(form), *_more(form)]
    return modal(
        CallbackId.RISK_EDIT, f"Edit {form.reference}", blocks, submit="Save", metadata=_metadata(form)
    )


def score_modal(form: RiskForm) -> Block:
    """Return the modal that scores a proposed risk, or gives an owner to one that is scored already."""
    levels, owner = list(_levels(form, optional=False)), _owner(form, optional=False)
    if form.is_about_owner:
        title, submit = f"Owner of {form.reference}", "Save owner"
        asked = [owner, context(_SCORED, block_id="scored"), *levels]
    else:
        title, submit = f"Score {form.reference}", "Score"
        asked = [*levels, owner]
    blocks = [_subject(form), *_note(form), *asked]
    return modal(CallbackId.RISK_SCORE, title, blocks, submit=submit, metadata=_metadata(form))


def reassess_modal(form: RiskForm) -> Block:
    """Return the modal that judges what is left of a risk after what was done about it."""
    blocks = [
        _subject(form),
        section("After what was done about it, how does it stand now?", block_id="question"),
        *_levels(form, optional=False),
    ]
    title = f"Reassess {form.reference}"
    return modal(CallbackId.RISK_REASSESS, title, blocks, submit="Save", metadata=_metadata(form))


def review_modal(form: RiskForm) -> Block:
    """Return the modal that asks for a new day, of a risk whose day has passed while all else is right."""
    due = day_in(form.get("due"))
    passed = f"*Due {day(due)} has passed: by when now?*" if due else "*By when now?*"
    picker = date_picker("due", placeholder="Pick a day", chosen=None)
    instead = f"All else stays as it is. Is it over? Cancel, and type `/risk close {form.reference}` and why."
    blocks = [
        _subject(form),
        section(passed, block_id="question"),
        field("due", "New due date", picker, optional=False),
        context(instead, block_id="instead"),
    ]
    title = f"New date: {form.reference}"
    return modal(CallbackId.RISK_REVIEW, title, blocks, submit="Save", metadata=_metadata(form))


def respond_modal(form: RiskForm, *, has_actions: bool) -> Block:
    """Return the modal that plans what is done about a risk; the first step of it is asked for."""
    kind = form.kind()
    strategies = [option(STRATEGY_WORDS[strategy], strategy) for strategy in TREATING[kind]]
    answer = select("strategy", strategies, placeholder="Choose one", chosen=form.get("strategy"))
    step = text_input(
        "action", max_length=TITLE_LENGTH, placeholder="Ask the vendor for a date", text=form.get("action")
    )
    owner = person_select("action_owner", placeholder=OWN_TEAM, chosen=form.get("action_owner"))
    due = day_in(form.get("action_due"))
    day = date_picker("action_due", placeholder="Pick a day", chosen=due)
    blocks = [
        _subject(form),
        *_note(form),
        field(
            "strategy",
            "What will we do?",
            answer,
            optional=False,
            hint="To accept or escalate it, use the menu in its details.",
        ),
        field("action", "What is to be done?", step, optional=has_actions),
        field("action_owner", "Who does it?", owner, optional=has_actions),
        field("action_due", "By when?", day, optional=has_actions),
    ]
    title = f"Respond to {form.reference}"
    return modal(CallbackId.RISK_RESPOND, title, blocks, submit="Save plan", metadata=_metadata(form))


def move_modal(form: RiskForm, words: MoveWords, callback: CallbackId = CallbackId.RISK_MOVE) -> Block:
    """Return the modal that asks why before a move is made."""
    reason = text_input(
        "reason", max_length=TEXT_LENGTH, text=form.get("reason"), placeholder=words.placeholder
    )
    blocks = [
        _subject(form),
        field("reason", words.question, reason, hint=words.hint, optional=words.is_reason_optional),
    ]
    title = words.title.format(form.reference)
    return modal(callback, title, blocks, submit=words.submit, metadata=_metadata(form))


def _metadata(form: RiskForm) -> str:
    return pack(form.carried())


def _subject(form: RiskForm) -> Block:
    """Say what the risk is, where the modal has no field for it."""
    return section(f"*{escape(form.get('title'))}*", block_id="subject")


def _note(form: RiskForm) -> Iterator[Block]:
    if form.note:
        yield section(form.note, block_id="note")


def _title(form: RiskForm) -> Block:
    element = text_input(
        "title", max_length=TITLE_LENGTH, placeholder="Staging certs expire in March", text=form.get("title")
    )
    return field("title", "What might happen?", element, optional=False)


def _levels(form: RiskForm, *, optional: bool = True) -> Iterator[Block]:
    kind = form.kind()
    how_much = ("impact", f"{HOW_MUCH[kind]}? (impact)", IMPACT_WORDS_OF[kind])
    chosen = (("probability", "How likely?", PROBABILITY_WORDS), how_much)
    actions_by_field = {"probability": ActionId.RISK_FORM_LEVEL_P, "impact": ActionId.RISK_FORM_LEVEL_I}
    for name, label, words in chosen:
        choices = [option(f"{level} – {words[level]}", str(level)) for level in sorted(words, reverse=True)]
        if optional:
            choices.append(option("Not sure", NOT_SURE))
        element = select(actions_by_field[name], choices, placeholder="Choose", chosen=form.get(name))
        yield field(name, label, element, optional=optional, live=True)
    yield context(_verdict(form, optional=optional), block_id="verdict")


def _verdict(form: RiskForm, *, optional: bool) -> str:
    probability, impact = form.level("probability"), form.level("impact")
    if probability is None or impact is None:
        no_score = "Not sure is fine: the project's leads will score it."
        how_much = HOW_MUCH[form.kind()].lower()
        return no_score if optional else f"The score is how likely × {how_much}."
    word = band_word(form.kind(), band(probability, impact))
    return f"{probability} × {impact} = {score(probability, impact)}, *{word}*"


def _unchanged(form: RiskForm) -> str:
    """Return the score to whoever may change the risk, but not that."""
    if form.level("probability") is None or form.level("impact") is None:
        return f"Not scored. {_FOR_OTHERS}"
    return f"{_verdict(form, optional=False)} {_FOR_OTHERS}"


def _more(form: RiskForm, *, is_new: bool = False) -> Iterator[Block]:
    if not form.is_open:
        yield actions([button("More", ActionId.RISK_FORM_MORE)], block_id="more")
        return
    kinds = [option(words, kind) for kind, words in KIND_WORDS.items()]
    yield field(
        "kind",
        "Would it hurt or help?",
        radio(ActionId.RISK_FORM_KIND, kinds, chosen=form.kind()),
        optional=False,
        live=True,
    )
    why = text_input("cause", max_length=TEXT_LENGTH, text=form.get("cause"), multiline=True)
    yield field("cause", "Why might it happen?", why)
    effect = text_input("effect", max_length=TEXT_LENGTH, text=form.get("effect"), multiline=True)
    yield field("effect", "What would it lead to?", effect)
    categories = [option(words, category) for category, words in CATEGORY_WORDS.items()]
    yield field("category", "Category", _select("category", categories, form))
    if is_new:
        yield _owner(form)
    strategies = [option(STRATEGY_WORDS[strategy], strategy) for strategy in STRATEGIES[form.kind()]]
    # Each kind has its own select: Slack keeps what was chosen in one of the same name.
    name = f"strategy_{form.kind()}"
    answer = select(name, strategies, placeholder="Choose one", chosen=form.get("strategy"))
    yield field("strategy", "What will we do?", answer)
    if is_new:
        yield _due(form)
    soon = [option(words, proximity) for proximity, words in PROXIMITY_WORDS.items()]
    yield field("proximity", "How soon?", _select("proximity", soon, form))
    viewers = [option(words, visibility) for visibility, words in VISIBILITY_WORDS.items()]
    chosen = form.get("visibility") or Visibility.TEAM
    yield field("visibility", "Who sees it?", radio("visibility", viewers, chosen=chosen), optional=False)


def _select(name: str, choices: list[Block], form: RiskForm) -> Block:
    return select(name, choices, placeholder="Choose one", chosen=form.get(name))


def _due(form: RiskForm) -> Block:
    due = day_in(form.get("due"))
    return field("due", "Due", date_picker("due", placeholder="Pick a day", chosen=due))


def _owner(form: RiskForm, *, optional: bool = True) -> Block:
    placeholder, hint = ("Nobody yet", f"{OWN_TEAM}.") if optional else (OWN_TEAM, "")
    element = person_select("owner", placeholder=placeholder, chosen=form.get("owner"))
    return field("owner", "Owner", element, optional=optional, hint=hint)
