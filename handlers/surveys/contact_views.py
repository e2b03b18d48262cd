"""A client's contacts as a list, and the modal in which one is added or changed."""

from collections.abc import Iterator
from datetime import date

from handlers.answers import Answer, again, say
from handlers.blocks import Block, Element, actions, button, context, escape, modal, option, overflow, section
from handlers.callback_ids import CallbackId
from handlers.forms import day_in, pack
from handlers.ids import ActionId
from handlers.inputs import date_picker, field, person_select, radio, text_input
from handlers.surveys import words
from handlers.surveys.contact_forms import UNKNOWN, ContactForm
from models.commands.surveys import CONTACT_NAME_LENGTH, COUNTRY_LENGTH, EMAIL_LENGTH, EVIDENCE_LENGTH
from models.read_models import ContactPage, ContactView, ProjectView

SHOWN = 45
_WHY = (
    "Asking somebody how satisfied they are can count as advertising. So each contact needs a reason why we "
    "may, and where it stands; without one, nobody is asked."
)


def contact_list(page: ContactPage, today: date) -> Answer:
    """Show whom we may ask at the project's client, and why."""
    client, value = escape(page.project.client.name), str(page.project.id)
    add = button("Add a contact", ActionId.CONTACT_ADD, value, style="primary")
    if not page.contacts:
        text = f"*Nobody at {client} is known yet whom we may ask.*"
        return say(text, *([context(_WHY), actions([add])] if page.may_keep else []))
    blocks = [section(f"*{client}: {len(page.contacts)} contact{'s' if len(page.contacts) != 1 else ''}*")]
    blocks += [_contact(page, each, today) for each in page.contacts[:SHOWN]]
    if len(page.contacts) > SHOWN:
        blocks.append(context(f"… and {len(page.contacts) - SHOWN} more."))
    buttons = [add] if page.may_keep else []
    blocks.append(actions([*buttons, button("Satisfaction", ActionId.SURVEY_SHOW, value)]))
    text, shows = f"Contacts of {page.project.client.name}", again(ActionId.CONTACT_LIST, value)
    return Answer(text=text, blocks=tuple(blocks), title=f"{page.project.key}: contacts", again=shows)


def _contact(page: ContactPage, contact: ContactView, today: date) -> Block:
    name = " · ".join(filter(None, [f"*{escape(contact.name)}*", escape(contact.role)]))
    where = [escape(contact.email), f"<@{contact.person.slack_user_id}>" if contact.person else ""]
    # Why we might ask them is beside the point once they don't want to be.
    basis = words.basis(contact, today) if contact.opted_out_on is None else ""
    state = [words.may_be_asked(contact, today), basis]
    lines = [name, " · ".join(filter(None, where)), " · ".join(filter(None, state))]
    menu = overflow(ActionId.CONTACT_NEXT, _steps(page, contact)) if page.may_keep else None
    return section("\n".join(filter(None, lines)), menu)


def _steps(page: ContactPage, contact: ContactView) -> Iterator[Element]:
    carried = f"{page.project.id}:{contact.id}"
    yield option("Edit", f"edit:{carried}")
    if contact.opted_out_on is None:
        yield option("Doesn't want to be asked", f"out:{carried}")
    else:
        yield option("May be asked again", f"in:{carried}")
    yield option("Remove", f"remove:{carried}")
    if page.may_forget:
        yield option("Forget for good …", f"forget:{carried}")


def changed(contact: ContactView, project: ProjectView, what: str, today: date) -> Answer:
    """Confirm what became of a contact."""
    told = f"✓ {what}: *{escape(contact.name)}*, {escape(contact.client_name)}"
    if contact.removed_at is not None:
        back = button("Undo", ActionId.CONTACT_RESTORE, f"{project.id}:{contact.id}")
        return say(f"{told}. What they answered stays; `/csat forget` erases it.", actions([back]))
    more = button("Contacts", ActionId.CONTACT_LIST, str(project.id))
    return say(f"{told} · {words.may_be_asked(contact, today)}", actions([more]))


def contact_modal(form: ContactForm) -> Block:
    """Return the modal that adds or changes a contact."""
    blocks = [
        *_note(form),
        _line(form, "name", "Name", "Robin Vale", CONTACT_NAME_LENGTH, optional=False),
        _line(form, "role", "What are they there?", "Head of digital", CONTACT_NAME_LENGTH),
        _line(form, "email", "Mail address", "robin@example.com", EMAIL_LENGTH),
        field(
            "person",
            "In Slack",
            person_select("person", placeholder="Choose them", chosen=form.get("person") or None),
            hint="Who is in the channel with the client can be asked, and can answer, there.",
        ),
        _basis(form),
        _line(
            form,
            "evidence",
            "Where does that stand?",
            "Contract of 3 May, section 4",
            EVIDENCE_LENGTH,
            hint="Needed unless we may not, or it isn't clear yet.",
        ),
        field(
            "basis_on",
            "Since when?",
            date_picker("basis_on", placeholder="Pick a day", chosen=day_in(form.get("basis_on"))),
        ),
        _line(
            form,
            "country",
            "In which country do they work?",
            "Germany",
            COUNTRY_LENGTH,
            hint="The law there applies.",
        ),
    ]
    title = f"Contact of {form.client_name}" if form.contact_id is None else "Change a contact"
    return modal(CallbackId.CONTACT_SAVE, title, blocks, submit="Save", metadata=pack(form.carried()))


def _note(form: ContactForm) -> Iterator[Block]:
    if form.note:
        yield section(form.note, block_id="note")


def _basis(form: ContactForm) -> Block:
    choices = [option(text, basis.value) for basis, text in words.BASIS_WORDS.items()]
    choices.append(option("Not clear yet", UNKNOWN))
    element = radio("basis", choices, chosen=form.get("basis") or UNKNOWN)
    return field("basis", "Why may we ask them how satisfied they are?", element, optional=False, hint=_WHY)


def _line(
    form: ContactForm,
    name: str,
    label: str,
    placeholder: str,
    longest: int,
    *,
    hint: str = "",
    optional: bool = True,
) -> Block:
    element = text_input(name, max_length=longest, text=form.get(name), placeholder=placeholder)
    return field(name, label, element, hint=hint, optional=optional)


def nobody_called(name: str, project: ProjectView, opens: ActionId) -> Answer:
    """Say that the client has no contact of that name; a button opens the form for whoever it is."""
    buttons = [
        button("Open the form", opens, str(project.id), style="primary"),
        button("Contacts", ActionId.CONTACT_LIST, str(project.id)),
    ]
    return say(f"I know nobody at {escape(project.client.name)} called “{escape(name)}”.", actions(buttons))
