"""The list of what clients answered, newest first."""

from collections.abc import Iterator
from datetime import datetime

from handlers.answers import Answer, again
from handlers.blocks import Block, actions, button, context, section
from handlers.ids import ActionId
from handlers.surveys import words
from handlers.views.paging import turning
from models.read_models import AnswerPage, InvitationView
from models.rules.surveys.asking import InvitationState


def answer_list(page: AnswerPage, now: datetime, *, replaces: bool = False) -> Answer:
    """Show one page; what one of us recorded can be changed from here. ``now`` is the reader's."""
    whose = page.project.key if page.project else "All your projects"
    unanswered = [_unanswered(page, each, now) for each in page.unanswered]
    if not page.total:
        none = f"{whose}: no answers yet" if page.project else "There are no answers for you to read yet"
        text = f"*{none}.* `/csat record` writes down what a client tells you or writes."
        return Answer(text=none, blocks=(section(text), *unanswered), replaces=replaces)
    blocks = [section(f"*{whose}: {page.total} answer{'s' if page.total != 1 else ''}*, newest first")]
    blocks += [*unanswered, *(_line(page, each, now) for each in page.answers)]
    if page.pages > 1:
        blocks.append(context(f"Page {page.page} of {page.pages}"))
        blocks.append(actions(list(_turns(page))))
    blocks.append(context(words.WHO_SEES_IT))
    shows = again(ActionId.SURVEY_LIST, f"{page.project.id if page.project else ''}:{page.page}")
    return Answer(text=f"{whose}: {page.total}", blocks=tuple(blocks), replaces=replaces, again=shows)


def _unanswered(page: AnswerPage, invitation: InvitationView, now: datetime) -> Block:
    key = "" if page.project else f"{invitation.project_key} · "
    told = f"{key}{words.who_and_what(invitation)} · {words.asked(invitation, now.date())}"
    if invitation.state is InvitationState.DECLINED:
        return section(told)
    return section(told, button("Record the answer", ActionId.SURVEY_RECORD, words.carried(invitation)))


def _line(page: AnswerPage, invitation: InvitationView, now: datetime) -> Block:
    answer = invitation.answer
    if answer is None:
        return context(words.who_and_what(invitation))
    key = "" if page.project else f"{invitation.project_key} · "
    lines = [
        f"{key}{words.who_and_what(invitation)} · {words.answered(answer, now.date())}",
        words.sentence(answer),
        words.loop(answer, now),
    ]
    is_ours = answer.recorded_by is not None
    edit = button("Edit", ActionId.SURVEY_EDIT, str(invitation.id)) if is_ours else None
    return section("\n".join(filter(None, lines)), edit)


def _turns(page: AnswerPage) -> Iterator[dict[str, object]]:
    project_id = str(page.project.id) if page.project else ""
    turns = (ActionId.SURVEY_PAGE_BACK, ActionId.SURVEY_PAGE_ON)
    yield from turning(page.page, page.pages, turns, lambda number: f"{project_id}:{number}")
