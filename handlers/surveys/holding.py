"""Letting a question wait that was suggested, with a reason; and no longer."""

from handlers.access import identify
from handlers.answers import (
    Answer,
    ClickAnswer,
    CommandAnswer,
    OpenModal,
    SubmissionAnswer,
    UpdateModal,
    again,
    say,
)
from handlers.asks import Click, Submission
from handlers.blocks import Block, actions, button, escape, modal, notice, section
from handlers.callback_ids import CallbackId
from handlers.forms import beside_fields, identifier, metadata, pack, raw_values, reading
from handlers.ids import ActionId
from handlers.inputs import field, text_input
from handlers.kit import Kit
from handlers.origins import origin
from handlers.surveys import words
from models.commands.surveys import REASON_LENGTH
from models.errors import Invalid
from models.read_models import Actor, ProjectView, SurveyView
from models.rules.sentences import ended
from models.rules.surveys.asking import SurveyState
from models.value import replace


def typed(kit: Kit, actor: Actor, project: ProjectView) -> CommandAnswer:
    """Ask why the project's question is to wait; where there are several, show them first."""
    waiting = [each for each in kit.questions.requests(actor, project.id) if each.state is SurveyState.OPEN]
    if not waiting:
        return say(
            f"No question to {project.key}'s client waits just now, so there is nothing to hold. "
            "I suggest one at the project's end, after accepted milestones and every half year, while "
            "its client survey is on, as `/ritual` shows."
        )
    if len(waiting) == 1:
        return OpenModal(_modal(waiting[0]))
    blocks = [
        section(
            f"*{escape(each.about)}* {words.occasion(each.trigger)}",
            button("Hold", ActionId.SURVEY_HOLD, str(each.id)),
        )
        for each in waiting
    ]
    return say("Which one is to wait?", *blocks)


def asked(kit: Kit, click: Click) -> ClickAnswer:
    """Ask why it is to wait."""
    survey = kit.questions.request(identify(kit, click), identifier(click.value))
    if survey.state is SurveyState.DONE:
        return say(f"They were asked about {escape(survey.about)} already.")
    return OpenModal(_modal(survey))


def _modal(survey: SurveyView) -> Block:
    reason = text_input(
        "reason",
        max_length=REASON_LENGTH,
        text=survey.held_because,
        placeholder="They wait for a fix; on Monday we know more",
    )
    blocks = [
        section(f"*{survey.project_key}: the question about {escape(survey.about)}*", block_id="subject"),
        field(
            "reason",
            "Why is it to wait?",
            reason,
            optional=False,
            hint="`/csat` keeps the question, with what you write here.",
        ),
    ]
    carried = pack({"survey": str(survey.id)})
    return modal(CallbackId.SURVEY_HOLD, "Hold a question", blocks, submit="Hold", metadata=carried)


def held(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Let it wait."""
    actor = identify(kit, sent)
    with reading():
        survey_id = identifier(metadata(sent.view)["survey"])
    reason = raw_values(sent.view).get("reason") or ""
    came_from, now = origin(kit, sent), kit.clock()
    try:
        survey = kit.questions.hold(actor, survey_id, reason, origin=came_from, now=now)
    except Invalid as invalid:
        return beside_fields(invalid.problems, sent.view, {})
    text = ended(f"⏸ Held: *{survey.project_key}*, the question about {escape(survey.about)}")
    back = button("Don't hold it", ActionId.SURVEY_RESUME, str(survey.id))
    return UpdateModal(notice("Held", [section(text), actions([back])]))


def resumed(kit: Kit, click: Click) -> Answer:
    """Let it wait for nothing but being asked."""
    actor, survey_id = identify(kit, click), identifier(click.value)
    survey = kit.questions.resume(actor, survey_id, origin=origin(kit, click), now=kit.clock())
    ask = button("Ask in the client channel", ActionId.SURVEY_ASK_NOW, str(survey.id), style="primary")
    mail = button("I asked by mail", ActionId.SURVEY_MAILED, str(survey.id))
    text = ended(f"It is held no more: *{survey.project_key}*, {escape(survey.about)}")
    return replace(say(text, actions([ask, mail])), again=again(ActionId.SURVEY_SHOW, survey.project_id))
