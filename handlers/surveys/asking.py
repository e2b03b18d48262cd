"""Asking a client in the channel with them: whom about what, exactly what they will read, then Send."""

from collections.abc import Iterator, Mapping
from dataclasses import field
from datetime import date
from typing import Any
from uuid import UUID

from handlers.access import identify
from handlers.answers import Answer, CommandAnswer, FieldErrors, OpenModal, SubmissionAnswer, UpdateModal, say
from handlers.asks import Click, Submission
from handlers.blocks import (
    Block,
    Element,
    actions,
    button,
    context,
    day,
    escape,
    modal,
    notice,
    option,
    section,
)
from handlers.callback_ids import CallbackId
from handlers.forms import Raw, beside_fields, identifier, metadata, pack, raw_values, reading
from handlers.ids import ActionId
from handlers.inputs import field as form_field
from handlers.inputs import select, text_input
from handlers.kit import Kit
from handlers.moods.words import spoken
from handlers.origins import origin, today
from handlers.surveys import views, words
from handlers.surveys.days import as_read
from handlers.surveys.forgetting import called
from models.commands import AskFields
from models.commands.surveys import ABOUT_LENGTH
from models.errors import Invalid
from models.read_models import (
    Actor,
    AskStart,
    ContactView,
    ProjectView,
    QuestionDraft,
    SurveyView,
)
from models.rules.surveys.asking import SurveyTrigger, hindrance
from models.value import Value

_BAD_TIME = "{} Perhaps it is better to speak with them first, and to ask when that is settled."
_RED = "*{} is red at the moment.*"
_ALERT = "*{} has had a mood alert since {}{}.*"


class AskForm(Value):
    """Whom to ask about what, as far as it is filled in."""

    project_id: UUID
    project_key: str
    values: Mapping[str, Raw] = field(default_factory=dict)
    survey_id: UUID | None = None
    """The occasion for which they are asked, where there is one."""

    @classmethod
    @reading()
    def read(cls, view: Mapping[str, Any]) -> "AskForm":
        """Read a modal of ours as it came back, the first or the second. Raises Unreadable."""
        carried = metadata(view)
        kept = {name: carried.get(name) for name in ("contact", "about")}
        survey_id = UUID(carried["survey"]) if carried.get("survey") else None
        values = {**kept, **raw_values(view)}
        return cls(UUID(carried["project"]), str(carried.get("key", "")), values, survey_id)

    def carried(self) -> dict[str, Any]:
        """Return what the modals have to carry along."""
        found = {name: self.values.get(name) for name in ("contact", "about")}
        survey_id = str(self.survey_id) if self.survey_id else None
        return {"project": str(self.project_id), "key": self.project_key, "survey": survey_id, **found}

    def get(self, name: str) -> str:
        """Return a field's raw value, "" where nothing is filled in."""
        return self.values.get(name) or ""

    @reading()
    def fields(self) -> AskFields:
        """Return what the services take. Raises Unreadable."""
        return AskFields(UUID(self.get("contact")), self.get("about"), self.survey_id)


def typed(kit: Kit, actor: Actor, project: ProjectView, name: str = "") -> CommandAnswer:
    """Open the form that asks a project's client, with whoever is named chosen."""
    return opened(kit, actor, project, name=name)


def clicked(kit: Kit, click: Click) -> Answer | OpenModal:
    """Open the same form."""
    actor = identify(kit, click)
    return opened(kit, actor, kit.projects.get(actor, identifier(click.value)))


def requested(kit: Kit, click: Click) -> Answer | OpenModal:
    """Open the form for an occasion that waits."""
    actor = identify(kit, click)
    survey = kit.questions.request(actor, identifier(click.value))
    return opened(kit, actor, kit.projects.get(actor, survey.project_id), survey)


def opened(
    kit: Kit, actor: Actor, project: ProjectView, survey: SurveyView | None = None, *, name: str = ""
) -> Answer | OpenModal:
    """Open the form, or say what has to be there first."""
    survey_id = survey.id if survey else None
    start = kit.questions.start(actor, project.id, survey_id, now=kit.clock())
    here = _in_slack(start)
    if not here:
        client = escape(project.client.name)
        add = button("Contacts", ActionId.CONTACT_LIST, str(project.id), style="primary")
        mail = button("I asked by mail", ActionId.SURVEY_ASKED, str(project.id))
        text = f"None of {client}'s contacts is in Slack as far as I know. Say who they are, or ask by mail."
        return say(text, actions([add, mail] if start.contacts else [add]))
    day_here = today(kit, actor)
    free = [each for each in here if hindrance(each.askable, _trigger(start), day_here) is None]
    meant = called(name, here) or free
    values: dict[str, Raw] = {"contact": str(meant[0].id) if len(meant) == 1 else None}
    return OpenModal(_modal(AskForm(project.id, project.key, values, survey_id), start, day_here))


def changed(kit: Kit, click: Click) -> UpdateModal:
    """Go back from what they will read to the form, with all that was chosen."""
    actor, form = identify(kit, click), AskForm.read(click.view or {})
    start = kit.questions.start(actor, form.project_id, form.survey_id, now=kit.clock())
    return UpdateModal(_modal(form, start, today(kit, actor)))


def _in_slack(start: AskStart) -> list[ContactView]:
    return [contact for contact in start.contacts if contact.person is not None]


def _trigger(start: AskStart) -> SurveyTrigger:
    return start.survey.trigger if start.survey else SurveyTrigger.BY_HAND


def _choice(contact: ContactView, start: AskStart, on: date) -> Element:
    """Offer a contact with what they are, or with what speaks against asking them now."""
    is_free = hindrance(contact.askable, _trigger(start), on) is None
    more = contact.role if is_free else words.may_be_asked(contact, on, _trigger(start))
    return option(" · ".join(filter(None, [contact.name, more])), str(contact.id))


def _modal(form: AskForm, start: AskStart, on: date) -> Block:
    contacts = _in_slack(start)
    choices = [_choice(each, start, on) for each in contacts]
    contact = select("contact", choices, placeholder="Choose somebody", chosen=form.get("contact"))
    about = text_input(
        "about", max_length=ABOUT_LENGTH, text=form.get("about"), placeholder=start.project.name
    )
    blocks = [
        *_bad_time(start, on),
        form_field("contact", "Whom?", contact, optional=False, hint=_by_mail(start, contacts)),
    ]
    if start.survey is None:
        hint = f"A milestone, perhaps. Empty means {start.project.name}."
        blocks.append(form_field("about", "About", about, hint=hint))
    else:
        blocks.append(section(f"*About* {escape(start.survey.about)}", block_id="about"))
    title = f"Ask {form.project_key}'s client"
    return modal(CallbackId.SURVEY_ASK, title, blocks, submit="Preview", metadata=pack(form.carried()))


def _bad_time(start: AskStart, on: date) -> Iterator[Block]:
    told = [_RED.format(start.project.key)] if start.is_red else []
    if start.alert_since is not None:
        newest = f"; the newest reading is {spoken(start.mood)}" if start.mood else ""
        told.append(_ALERT.format(start.project.key, day(start.alert_since, on), newest))
    if told:
        yield section(_BAD_TIME.format(" ".join(told)), block_id="note")


def _by_mail(start: AskStart, contacts: list[ContactView]) -> str:
    others = [each.name for each in start.contacts if each not in contacts]
    return f"Not in Slack, so only by mail: {', '.join(others)}." if others else ""


def previewed(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Show exactly what they will read; what speaks against asking stands beside its field."""
    actor, form = identify(kit, sent), AskForm.read(sent.view)
    if not form.get("contact"):
        return FieldErrors({"contact": "Choose whom to ask."})
    try:
        draft = kit.questions.draft(actor, form.project_id, form.fields(), now=kit.clock())
    except Invalid as invalid:
        return beside_fields(invalid.problems, sent.view, {})
    project = kit.projects.get(actor, form.project_id)
    channel_id = project.client_channel_id
    if channel_id is None or not kit.directory.channel(channel_id).has_bot:
        return FieldErrors({"contact": "I am not in that channel. Type /invite @Drumbeat there first."})
    return UpdateModal(_preview(kit, form, draft, channel_id))


def _preview(kit: Kit, form: AskForm, draft: QuestionDraft, channel_id: str) -> Block:
    blocks = [
        section(f"*{escape(draft.contact_name)}* will read in <#{channel_id}>:"),
        *(dict(block) for block in kit.preview_question(draft)),
        context("One reminder after five days; closed after fourteen."),
        actions([button("Change", ActionId.SURVEY_ASK_CHANGE, str(form.project_id))]),
    ]
    for place, block in enumerate(blocks):
        block["block_id"] = f"preview-{place}"
    title = f"Ask {form.project_key}'s client"
    return modal(CallbackId.SURVEY_SEND, title, blocks, submit="Send", metadata=pack(form.carried()))


def sent(kit: Kit, submission: Submission) -> SubmissionAnswer:
    """Put the question. What speaks against it by now is said in the form's place."""
    actor, form = identify(kit, submission), AskForm.read(submission.view)
    came_from, now = origin(kit, submission, ":send"), kit.clock()
    invitation = kit.questions.ask(actor, form.project_id, form.fields(), origin=came_from, now=now)
    when = words.asked(as_read(invitation, actor), today(kit, actor))
    text = f"✓ Sent: {words.who_and_what(invitation)} · {when}"
    return UpdateModal(notice("Sent", [section(text), actions([views.withdraw_button(invitation)])]))


def withdrawn(kit: Kit, click: Click) -> Answer:
    """Take a question back; Slack has asked before."""
    actor, invitation_id = identify(kit, click), identifier(click.value)
    gone = kit.questions.withdraw(actor, invitation_id, origin=origin(kit, click), now=kit.clock())
    return views.question_gone(gone)
