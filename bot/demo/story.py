"""Who and what there is in the demo: Studio North, its people, its channels, what was said so far."""

from collections.abc import Mapping
from datetime import datetime

from bot.demo.state.app_manifest import BOT_USER_ID
from bot.demo.values import Conversation, ConversationKind, Person, Team
from bot.demo.zones import offset_at
from models.value import Value

TEAM = Team(id="T01STUDIO", name="Studio North", domain="studio-north")
CLIENT_TEAM = Team(id="T02ACME", name="Acme", domain="acme")


class Said(Value):
    """A message from before the visitor came in; ``minutes_ago`` counts back from the start."""

    channel: str
    person: str
    text: str
    minutes_ago: int


class Story(Value):
    """A company as a value: everything but what the bot's own database holds."""

    team: Team
    people: tuple[Person, ...]
    conversations: tuple[Conversation, ...]
    said: tuple[Said, ...]
    teams: tuple[Team, ...] = ()

    def person(self, name: str) -> Person:
        """Find somebody by handle ("dana")."""
        return next(person for person in self.people if person.name == name)

    def conversation(self, name: str) -> Conversation:
        """Find a channel by name ("acme")."""
        return next(each for each in self.conversations if each.name == name)


class _Role(Value):
    """A line of the cast."""

    handle: str
    real_name: str
    title: str
    persona: str
    tz: str
    colour: str
    is_guest: bool = False
    is_admin: bool = False
    team: Team = TEAM


_CAST = (
    _Role("sam", "Sam Reyes", "Engineer", "Engineer", "America/Chicago", "#2d6a8f"),
    _Role("dana", "Dana Ortiz", "Project manager, Acme", "Project manager", "America/Los_Angeles", "#b5543c"),
    _Role(
        "jo", "Jo Lind", "Delivery manager", "Delivery manager", "Europe/Stockholm", "#3f7d5a", is_admin=True
    ),
    _Role(
        "lee", "Lee Park", "Project manager, Borealis and Delta", "Project manager", "Asia/Seoul", "#7a4fa3"
    ),
    _Role("priya", "Priya Nair", "Account manager", "Account manager", "Asia/Kolkata", "#b3862b"),
    _Role("alex", "Alex Novak", "Engineering lead", "Engineering lead", "Europe/Prague", "#48698f"),
    _Role("mina", "Mina Haddad", "Designer", "Designer", "Africa/Cairo", "#a34f77"),
    _Role("tom", "Tom Becker", "Engineer", "Engineer", "Europe/Berlin", "#5b7d3f"),
    _Role("ines", "Inês Duarte", "Product owner, Cobalt", "Product owner", "Europe/Lisbon", "#8a5a3b"),
    _Role("kofi", "Kofi Mensah", "Director", "Leader", "Africa/Accra", "#4a4f8c"),
    _Role("yuki", "Yuki Mori", "Contractor, testing", "Guest", "Asia/Tokyo", "#6b6b6b", is_guest=True),
    _Role(
        "robin",
        "Robin Vale",
        "Head of digital, Acme",
        "Client at Acme",
        "America/New_York",
        "#8c2f39",
        team=CLIENT_TEAM,
    ),
)
_COLLEAGUES = tuple(role.handle for role in _CAST if role.team is TEAM and not role.is_guest)
_BOT = "drumbeat"


class _Channel(Value):
    """A line of the list of channels; ``members`` are handles, and the bot's stands for itself."""

    name: str
    topic: str
    members: tuple[str, ...]
    kind: ConversationKind = ConversationKind.CHANNEL
    is_ext_shared: bool = False
    is_archived: bool = False


_CHANNELS = (
    _Channel("general", "Company-wide news", (*_COLLEAGUES, _BOT)),
    _Channel("acme", "Acme: web shop and checkout", ("dana", "sam", "alex", "mina", "priya", "jo", _BOT)),
    _Channel(
        "acme-shared",
        "With the people of Acme",
        ("dana", "sam", "priya", "jo", "robin", _BOT),
        is_ext_shared=True,
    ),
    _Channel("borealis", "Borealis: booking platform", ("lee", "tom", "sam", "mina", "priya", "jo", _BOT)),
    _Channel(
        "cobalt",
        "Cobalt: mobile app, tested with Yuki",
        ("ines", "dana", "tom", "alex", "yuki", "jo", _BOT),
    ),
    _Channel("delta", "Delta: our own design system", ("lee", "mina", "alex", "tom", "kofi", "jo", _BOT)),
    _Channel(
        "delivery",
        "How all projects stand, every second Wednesday",
        ("jo", "dana", "lee", "priya", "ines", "alex", "kofi", _BOT),
    ),
    _Channel("new-project-talk", "What may come next", ("dana", "lee", "priya", "jo", "kofi", "sam", _BOT)),
    _Channel("lunch", "Where to today?", _COLLEAGUES),
    _Channel("leads", "Delivery leads only", ("jo", "kofi", "priya"), kind=ConversationKind.PRIVATE),
    _Channel("acme-pitch", "Won in spring", ("dana", "priya", "jo", _BOT), is_archived=True),
)

_SAID = (
    Said("general", "kofi", "Welcome back, all. The autumn numbers are in the drive.", 2900),
    Said("general", "jo", "Reminder: the delivery meeting moves to 15:00 Los Angeles time.", 1500),
    Said("acme", "dana", "The sandbox of the vendor API is still down. I have asked for a date.", 190),
    Said("acme", "sam", "Without it we cannot finish the checkout tests. Mocking it would take a day.", 184),
    Said("acme", "priya", "Robin asked twice who decides about single sign-on. Can we settle it?", 65),
    Said("acme-shared", "robin", "Morning! Is the 23rd still good for the release?", 240),
    Said("acme-shared", "dana", "Morning Robin. Yes, I will confirm after our call.", 231),
    Said("borealis", "lee", "Plan slipped again: the seat map needs two more weeks.", 400),
    Said("borealis", "tom", "I can start on the fallback without the map tomorrow.", 385),
    Said("cobalt", "ines", "The store review is through. Thanks for the late night, Tom.", 800),
    Said("cobalt", "yuki", "Regression run is done: 212 passed, 3 open questions in the sheet.", 120),
    Said("delta", "mina", "New tokens are merged. Please check your dark themes.", 600),
    Said("delivery", "jo", "Bring to the delivery meeting what we can't read anywhere, please.", 1450),
    Said("new-project-talk", "priya", "A harbour in Bergen asks for a tracking portal. Who has time?", 50),
    Said("lunch", "alex", "Soup place at half past twelve?", 30),
)  # fmt: skip


def studio_north(now: datetime) -> Story:
    """Return the company as it is at that moment; the people's offsets from UTC depend on the date."""
    people = tuple(_person(role, now) for role in _CAST)
    ids = {person.name: person.id for person in people} | {_BOT: BOT_USER_ID}
    channels = tuple(_conversation(channel, ids) for channel in _CHANNELS)
    return Story(team=TEAM, people=people, conversations=channels, said=_SAID, teams=(TEAM, CLIENT_TEAM))


def _person(role: _Role, now: datetime) -> Person:
    return Person(
        id=f"U{role.team.id[1:3]}{role.handle.upper()}",
        team_id=role.team.id,
        name=role.handle,
        real_name=role.real_name,
        title=role.title,
        tz=role.tz,
        tz_offset=offset_at(role.tz, now),
        colour=role.colour,
        persona=role.persona,
        is_guest=role.is_guest,
        is_admin=role.is_admin,
    )


def _conversation(channel: _Channel, ids: Mapping[str, str]) -> Conversation:
    return Conversation(
        id=f"C01{channel.name.upper().replace('-', '')}",
        name=channel.name,
        kind=channel.kind,
        topic=channel.topic,
        member_ids=tuple(ids[handle] for handle in channel.members),
        is_ext_shared=channel.is_ext_shared,
        is_archived=channel.is_archived,
        is_general=channel.name == "general",
    )
