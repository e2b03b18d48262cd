"""Clients' satisfaction as messages to whoever asked: how it stands, and what was recorded."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime

from handlers.answers import Answer, again, say
from handlers.blocks import Block, Element, actions, button, confirmation, context, escape, option, section
from handlers.ids import ActionId
from handlers.inputs import select
from handlers.surveys import loop_views, words
from models.read_models import (
    InvitationView,
    ProjectChoice,
    SurveyOfProject,
    SurveyOverview,
    SurveyView,
)
from models.rules.sentences import ended
from models.rules.surveys.asking import SurveyState, SurveyTrigger, Way, hindrance
from models.value import replace

PROJECTS_SHOWN = 20
TAKE_BACK = confirmation(
    "Take this answer back?",
    "It counts nowhere any more, and what was to be done about it ends.",
    "Take it back",
    "Keep it",
)
_WITHDRAW = {
    Way.CHANNEL: confirmation(
        "Take the question back?",
        "It goes from the channel, and nobody can answer it.",
        "Take it back",
        "Keep it",
    ),
    Way.MAIL: confirmation(
        "Take this back?", "Then they count as not asked about it.", "Take it back", "Keep it"
    ),
}
NO_PROJECTS = (
    "*There is nothing to see here for you yet.* How satisfied clients are, their project's leads see. "
    "In your project's channel, `/csat add` begins: whom may we ask?"
)


def overview(found: SurveyOverview, now: datetime) -> Answer:
    """Show how satisfied a project's client is, and what is open; ``now`` is the reader's."""
    today = now.date()
    key = found.project.key
    title = f"*{key}: how satisfied {escape(found.project.client.name)} is*"
    if not found.contacts and not found.satisfaction.box.answers:
        return _empty(found, title)
    blocks = [
        section(f"{title}\n{words.headline(found.satisfaction)}"),
        *_figures(found),
        *(block for each in found.requests for block in _request(each, may_record=found.may_record)),
        *(block for each in found.to_close for block in loop_views.to_close(each, now)),
        *(block for each in found.waiting for block in _waiting(each, today, may_record=found.may_record)),
        *_latest(found, today),
        context(_contacts(found, today)),
        actions(list(_buttons(found))),
    ]
    shows = again(ActionId.SURVEY_SHOW, found.project.id)
    text, title = f"{key}: {words.headline(found.satisfaction)}", f"{key}: satisfaction"
    return Answer(text=text, blocks=tuple(blocks), title=title, again=shows)


def _empty(found: SurveyOverview, title: str) -> Answer:
    client = escape(found.project.client.name)
    if not found.may_keep:
        return say(f"{title}\nNobody has been asked yet, and nobody at {client} is known whom we may ask.")
    text = (
        f"{title}\nNobody has been asked yet. First say whom at {client} we may ask, and why we may: "
        "it takes a minute."
    )
    add = button("Add a contact", ActionId.CONTACT_ADD, str(found.project.id), style="primary")
    return say(text, actions([add]))


def _request(survey: SurveyView, *, may_record: bool) -> Iterator[Block]:
    """Yield an occasion that waits to be asked, or is held."""
    why = words.occasion(survey.trigger)
    held = f"\n⏸ Held: {escape(survey.held_because)}" if survey.state is SurveyState.HELD else ""
    yield section(f"*Ask about {escape(survey.about)}?* {why}{held}")
    if may_record:
        yield actions(list(_ways(survey)))


def _ways(survey: SurveyView) -> Iterator[Element]:
    value = str(survey.id)
    yield button("Ask in the client channel", ActionId.SURVEY_ASK_NOW, value)
    yield button("I asked by mail", ActionId.SURVEY_MAILED, value)
    if survey.state is SurveyState.HELD:
        yield button("Don't hold it", ActionId.SURVEY_RESUME, value)
    else:
        yield button("Hold", ActionId.SURVEY_HOLD, value)


def _figures(found: SurveyOverview) -> Iterator[Block]:
    figures = [words.certainty(found.satisfaction), words.response(found.satisfaction)]
    if any(figures):
        yield context(" · ".join(filter(None, figures)))


def _waiting(invitation: InvitationView, today: date, *, may_record: bool) -> Iterator[Block]:
    if words.is_closed(invitation, today):
        yield context(f"{words.who_and_what(invitation)}: {words.asked(invitation, today)}")
        return
    yield section(f"{words.who_and_what(invitation)}: no answer yet\n{words.asked(invitation, today)}")
    if may_record:
        yield actions(list(_while_it_waits(invitation)))


def _while_it_waits(invitation: InvitationView) -> Iterator[Element]:
    yield button("Record the answer", ActionId.SURVEY_RECORD, words.carried(invitation))
    yield withdraw_button(invitation)


def withdraw_button(invitation: InvitationView) -> Element:
    """Return the button that takes a question back which waits for its answer."""
    value, confirm = str(invitation.id), _WITHDRAW[invitation.way]
    return button("Take it back", ActionId.SURVEY_WITHDRAW, value, confirm=confirm)


def _latest(found: SurveyOverview, today: date) -> Iterator[Block]:
    latest = found.latest
    if latest is None or latest.answer is None or latest in found.to_close:
        return
    told = f"Latest: {words.who_and_what(latest)} · {words.answered(latest.answer, today)}"
    yield section(f"{told}\n{words.sentence(latest.answer)}".strip())


def _contacts(found: SurveyOverview, today: date) -> str:
    total = len(found.contacts)
    if not total:
        return f"Nobody at {escape(found.project.client.name)} is known whom we may ask."
    free = sum(hindrance(each.askable, SurveyTrigger.BY_HAND, today) is None for each in found.contacts)
    noun = "contact" if total == 1 else "contacts"
    return f"{total} {noun}, {free or 'none'} to be asked now. {words.WHO_SEES_IT}"


def _buttons(found: SurveyOverview) -> Iterator[Element]:
    value = str(found.project.id)
    if found.may_record:
        # Whoever is unhappy comes before whoever could be asked.
        yield button("Ask", ActionId.SURVEY_ASK, value, style=None if found.to_close else "primary")
        yield button("Record an answer", ActionId.SURVEY_RECORD, f"{value}:")
        yield button("I asked by mail", ActionId.SURVEY_ASKED, value)
    if found.satisfaction.box.answers and found.may_read:
        yield button("Answers", ActionId.SURVEY_LIST, f"{value}:1")
    yield button("Contacts", ActionId.CONTACT_LIST, value)


def all_projects(found: Sequence[SurveyOfProject]) -> Answer:
    """Show how satisfied all clients are, the least satisfied first, those who never answered last."""
    if not found:
        return say(NO_PROJECTS)
    ordered = sorted(found, key=_least_satisfied)
    blocks = [section("*How satisfied clients are*")]
    blocks += [
        section(_line(one), button("Show", ActionId.SURVEY_SHOW, str(one.project_id)))
        for one in ordered[:PROJECTS_SHOWN]
    ]
    if more := len(ordered[PROJECTS_SHOWN:]):
        blocks.append(context(f"… and {more} more: `/csat list ACME` shows any of them"))
    return Answer(text="How satisfied clients are", blocks=tuple(blocks))


def _least_satisfied(one: SurveyOfProject) -> tuple[object, ...]:
    share = one.satisfaction.box.share
    return (share is None, share or 0, one.key)


def _line(one: SurveyOfProject) -> str:
    told = [f"*{one.key}* {words.headline(one.satisfaction)}", words.response(one.satisfaction)]
    return " · ".join(filter(None, told))


def recorded(invitation: InvitationView, now: datetime, *, what: str = "Recorded") -> Answer:
    """Confirm what was written down, with ways to correct it; ``now`` is the reader's."""
    answer, today = invitation.answer, now.date()
    if answer is None:
        text = f"✓ Noted: {words.who_and_what(invitation)} · {words.asked(invitation, today)}"
        presses = actions(list(_while_it_waits(invitation)))
        waits = say(text, context("Their answer counts once it is recorded."), presses)
        return replace(waits, again=again(ActionId.SURVEY_SHOW, invitation.project_id))
    lines = [
        f"✓ {what}: {words.who_and_what(invitation)} · {words.answered(answer, today)}",
        words.sentence(answer),
        words.loop(answer, now),
    ]
    text = "\n".join(filter(None, lines))
    told = say(text, context(words.WHO_SEES_IT), actions(corrections(invitation)))
    return replace(told, again=again(ActionId.SURVEY_SHOW, invitation.project_id))


def corrections(invitation: InvitationView) -> list[Element]:
    """Return the buttons that correct what was recorded."""
    return [
        button("Edit", ActionId.SURVEY_EDIT, str(invitation.id)),
        button("Take it back", ActionId.SURVEY_TAKE_BACK, str(invitation.id), confirm=TAKE_BACK),
    ]


def asked_to_take_back(invitation: InvitationView, today: date) -> Answer:
    """Ask before what was recorded last is taken back."""
    answer = invitation.answer
    said = words.answered(answer, today) if answer else ""
    return say(
        f"You recorded last: {words.who_and_what(invitation)} · {said}", actions(corrections(invitation))
    )


def taken_back(invitation: InvitationView) -> Answer:
    """Confirm that an answer counts no more."""
    return say(
        f"{ended(f'Taken back: {words.who_and_what(invitation)}')} It counts nowhere any more.", replaces=True
    )


def question_gone(invitation: InvitationView) -> Answer:
    """Confirm that a question is taken back."""
    over = "They count as not asked." if invitation.way is Way.MAIL else "Nobody can answer it any more."
    return say(f"{ended(f'Taken back: the question to {words.who_and_what(invitation)}')} {over}")


def which_project(verb: str, projects: Sequence[ProjectChoice]) -> Answer:
    """Ask which project it is about, where neither the place nor the line says so."""
    if not projects:
        return say("There is no project yet. Type `/project create` in a channel to make it one.")
    choices = [option(f"{each.key} – {each.name}", f"{verb}:{each.id}") for each in projects]
    chosen = select(ActionId.SURVEY_CHOOSE, choices, placeholder="Choose a project")
    return say("Which project is it about?", actions([chosen]))
