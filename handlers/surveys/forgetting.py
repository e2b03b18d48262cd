"""Forgetting a client's contact: whom, then what goes and what stays, and only then it is done."""

from collections.abc import Iterable, Iterator
from uuid import UUID

from handlers.access import identify
from handlers.answers import Answer, ClickAnswer, OpenModal, SubmissionAnswer, UpdateModal, again, say
from handlers.asks import Click, Submission
from handlers.blocks import Block, button, context, escape, modal, notice, section
from handlers.callback_ids import CallbackId
from handlers.forms import identifier, metadata, pack, reading
from handlers.ids import ActionId
from handlers.kit import Kit
from handlers.origins import origin
from models.read_models import Actor, ContactPage, ContactTrace, ContactView, ProjectView
from models.rules.sentences import listed
from models.value import replace

SHOWN = 45
"""Contacts that one message names."""
_LEFT = "What colleagues wrote about them elsewhere, in a risk, a mood or minutes, has to be edited there."


def typed(kit: Kit, actor: Actor, project: ProjectView, name: str = "") -> Answer:
    """Ask whom: those of that name, or all where nobody has it."""
    page = kit.erasure.page(actor, project.id)
    return whom(replace(page, contacts=called(name, page.contacts) or page.contacts))


def shown(kit: Kit, click: Click) -> ClickAnswer:
    """Ask whom once more, as it is by now."""
    actor = identify(kit, click)
    return whom(kit.erasure.page(actor, identifier(click.value)))


def called(name: str, contacts: Iterable[ContactView]) -> tuple[ContactView, ...]:
    """Return those whose name has these words in it; nobody where no words are given."""
    wanted = name.lstrip("@").casefold()
    return tuple(each for each in contacts if wanted and wanted in each.name.casefold())


def asked(kit: Kit, click: Click) -> ClickAnswer:
    """Show what goes and what stays."""
    actor = identify(kit, click)
    project_id, contact_id = pair(click.value)
    return confirm(kit, actor, project_id, contact_id)


def confirm(kit: Kit, actor: Actor, project_id: UUID, contact_id: UUID) -> OpenModal:
    """Open what has to be confirmed."""
    trace = kit.erasure.trace(actor, project_id, contact_id, now=kit.clock())
    return OpenModal(confirm_modal(project_id, trace))


def confirmed(kit: Kit, sent: Submission) -> SubmissionAnswer:
    """Forget them."""
    actor = identify(kit, sent)
    project_id, contact_id = _carried(sent)
    trace = kit.erasure.forget(actor, project_id, contact_id, origin=origin(kit, sent), now=kit.clock())
    return UpdateModal(notice("Forgotten", [section(f"✓ Forgotten. {_stays(trace)}")]))


def whom(page: ContactPage) -> Answer:
    """Show whom of a client one may forget."""
    client = escape(page.project.client.name)
    if not page.contacts:
        return say(f"Nobody at {client} is known, so there is nobody to forget.")
    blocks = [section(f"*Whom at {client} shall I forget?* You see first what goes and what stays.")]
    for each in page.contacts[:SHOWN]:
        press = button("Forget …", ActionId.CONTACT_FORGET, f"{page.project.id}:{each.id}")
        blocks.append(section(_line(each), press))
    if len(page.contacts) > SHOWN:
        blocks.append(context(f"… and {len(page.contacts) - SHOWN} more."))
    text = f"Forget a contact of {page.project.client.name}"
    return Answer(text=text, blocks=tuple(blocks), again=again(ActionId.CONTACT_WHOM, page.project.id))


def _line(contact: ContactView) -> str:
    removed = "removed" if contact.removed_at else ""
    told = [f"*{escape(contact.name)}*", escape(contact.role), escape(contact.email), removed]
    return " · ".join(filter(None, told))


def confirm_modal(project_id: UUID, trace: ContactTrace) -> Block:
    """Return the question whether that is meant, with what goes and what stays."""
    contact = trace.contact
    name = f"{escape(contact.name)}, {escape(contact.client_name)}"
    blocks = [
        section(f"*Forget {name}?* This can't be undone."),
        *map(section, (f"*Goes:* {_goes(trace)}", *_ends(trace), f"*Stays:* {_stays(trace)}")),
        context(_LEFT),
    ]
    carried = pack({"project": str(project_id), "contact": str(contact.id)})
    return modal(CallbackId.CONTACT_FORGET, "Forget a contact", blocks, submit="Forget", metadata=carried)


def _goes(trace: ContactTrace) -> str:
    words = "what they said with an answer, " if trace.answers else ""
    return f"their name, role, address and Slack account, why we may ask them, {words}and its history."


def _ends(trace: ContactTrace) -> Iterator[str]:
    if trace.waiting:
        yield f"*Ends:* {_count(trace.waiting, 'question')} that they haven't answered yet."
    if trace.calls:
        yield f"*Ends:* the reminders to speak with them about {_count(trace.calls, 'answer')}."


def _stays(trace: ContactTrace) -> str:
    client = escape(trace.contact.client_name)
    told = []
    if trace.answers == 1:
        told.append(f"Their answer still counts for {client}, as a number without a name.")
    elif trace.answers:
        told.append(f"Their {trace.answers} answers still count for {client}, as numbers without a name.")
    else:
        told.append("Nothing but that there was a contact, for there is no answer of theirs.")
    if trace.contact.opted_out_on is not None:
        told.append("Nobody asks them should they be added anew: that is kept as a fingerprint only.")
    if trace.elsewhere:
        where = listed([*map(escape, trace.elsewhere)])
        told.append(f"{where} has them as a contact, too, and that is forgotten there.")
    return " ".join(told)


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


@reading()
def pair(carried: str) -> tuple[UUID, UUID]:
    """Return the project and the contact that a button carries. Raises Unreadable."""
    project_id, _, contact_id = carried.partition(":")
    return UUID(project_id), UUID(contact_id)


@reading()
def _carried(sent: Submission) -> tuple[UUID, UUID]:
    carried = metadata(sent.view)
    return UUID(carried["project"]), UUID(carried["contact"])
