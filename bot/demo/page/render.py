"""The page's HTML, from templates in which everything is escaped unless it was drawn here."""

from collections.abc import Sequence

from jinja2 import Environment, PackageLoader

from bot.demo.page.app_tabs import tabs_of
from bot.demo.page.clock_face import ClockFace
from bot.demo.page.controls import groups_of, held, is_long, text_of, told_when
from bot.demo.page.dates import clock_time, short_date
from bot.demo.page.reader import Reader
from bot.demo.page.seat import Seat, title_of
from bot.demo.people.gestures import has_menu
from bot.demo.people.slack_commands import OWN_COMMANDS
from bot.demo.state.bot_switch import BotSwitch
from bot.demo.state.files import File
from bot.demo.state.state_values import with_offers
from bot.demo.state.workspace import Workspace
from bot.demo.time.travels import Travels
from bot.demo.values import Conversation, ConversationKind, Person
from models.value import Value


class PersonaLink(Value):
    """One of the people a visitor may be, and where choosing them leads."""

    person: Person
    address: str
    unread: int


class Renderer:
    """Draws the page and the parts of it that change."""

    def __init__(self, switch: BotSwitch, travels: Travels, data_place: str) -> None:
        """Take how the bot does, the clock, and where the data is; templates are read when first needed."""
        self._templates = Environment(
            loader=PackageLoader("bot.demo.page"),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.globals.update(
            bot=switch,
            face_of=lambda reader: ClockFace(reader, travels),
            data_place=data_place,
            tabs_of=tabs_of,
            held=held,
            told_when=told_when,
            Kind=ConversationKind,
            mentionable=mentionable,
            has_menu=has_menu,
            groups_of=groups_of,
            is_long=is_long,
            text_of=text_of,
            with_offers=with_offers,
        )
        self._templates.filters.update(
            clock_time=clock_time,
            short_date=short_date,
            title_of=title_of,
            person_in=_person_in,
            file_named=_file_named,
        )

    def page(self, seat: Seat, thread_ts: str | None, tab: str | None) -> str:
        """Draw the whole page; ``tab`` is which of the app's is shown, None in a channel."""
        vocabulary = _vocabulary(seat.reader)
        return self._draw("page.html", seat, thread_ts=thread_ts, tab=tab, vocabulary=vocabulary)

    def sidebar(self, seat: Seat, tab: str | None) -> str:
        """Draw the list of conversations and the switch between people, beside that tab of the app."""
        return self._draw("sidebar.html", seat, tab=tab)

    def channel(self, seat: Seat) -> str:
        """Draw the conversation's name and its menu."""
        return self._draw("channel.html", seat)

    def timeline(self, seat: Seat) -> str:
        """Draw the conversation's messages."""
        return self._draw("timeline.html", seat)

    def thread(self, seat: Seat, thread_ts: str) -> str:
        """Draw a thread's messages."""
        return self._draw("thread.html", seat, thread_ts=thread_ts)

    def views(self, reader: Reader) -> str:
        """Draw the person's open modals."""
        return self.part("views.html", reader=reader)

    def part(self, template: str, **values: object) -> str:
        """Draw a part of the page that needs no conversation."""
        return self._templates.get_template(template).render(**values)

    def _draw(self, template: str, seat: Seat, **more: object) -> str:
        drawn = self._templates.get_template(template)
        return drawn.render(
            seat=seat,
            reader=seat.reader,
            conversation=seat.conversation,
            personas=list(_personas(seat)),
            **more,
        )


def home_of(reader: Reader) -> Conversation:
    """Return the conversation in which a person starts."""
    return reader.workspace.conversations_of(reader.person.id)[0]


def _personas(seat: Seat) -> Sequence[PersonaLink]:
    workspace = seat.reader.workspace
    links = []
    for person in workspace.people:
        if not person.persona:
            continue
        theirs = [conversation.id for conversation in workspace.conversations_of(person.id)]
        here = seat.conversation.id if seat.conversation.id in theirs else theirs[0]
        unread = sum(workspace.unread(person.id).values())
        links.append(PersonaLink(person, f"/client/{person.id}/{here}", unread))
    return links


def _person_in(user_id: str, workspace: Workspace) -> Person | None:
    return workspace.person(user_id)


def _file_named(file_id: str, workspace: Workspace) -> File | None:
    return workspace.files.find(file_id)


def mentionable(workspace: Workspace) -> list[Person]:
    """List whom one can mention or invite: people and the app, but not Slackbot."""
    app = workspace.person(workspace.app.bot_user_id)
    return [*workspace.people, *([app] if app else [])]


def _vocabulary(reader: Reader) -> dict[str, list[dict[str, str]]]:
    """Return what the composer completes: each entry has what is inserted, its name and more about it."""
    workspace = reader.workspace
    channels = workspace.conversations_of(reader.person.id)
    return {
        "/": [
            *(
                {"insert": command.command, "name": command.usage_hint, "more": command.description}
                for command in (*workspace.commands, *OWN_COMMANDS)
            ),
            *(
                {
                    "insert": each.name,
                    "name": workspace.app.name,
                    "more": each.description,
                    "shortcut": each.callback_id,
                }
                for each in workspace.shortcuts
                if not each.is_on_message
            ),
        ],
        "@": [
            {"insert": f"@{person.name}", "name": person.real_name, "more": person.title or "App"}
            for person in mentionable(workspace)
        ],
        "#": [
            {"insert": f"#{channel.name}", "name": "", "more": channel.topic}
            for channel in channels
            if channel.kind is not ConversationKind.IM
        ],
    }
