"""Whom Studio North may ask how satisfied they are, and what they answered before the visitor came in."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from bot.demo.story import Story
from models.commands import AnswerFields, ContactFields
from models.database import Database
from models.read_models import Actor, Origin, ProjectView
from models.rules.surveys.asking import LawfulBasis
from models.services.projects.fields import profile_of
from models.services.projects.profiles import ProjectProfiles
from models.services.surveys.book import Surveys
from models.services.surveys.contacts import ClientContacts
from models.services.zones import today_of
from models.value import Value, replace


class _Contact(Value):
    """Somebody at a client; ``handle`` is who they are in Slack, ``days_ago`` since when we may ask them."""

    project: str
    name: str
    role: str
    email: str
    country: str
    basis: LawfulBasis | None = None
    evidence: str = ""
    days_ago: int = 0
    handle: str = ""


class _Answered(Value):
    """What somebody was asked by mail, or told us; without ``rating`` they never answered."""

    contact: str
    about: str
    by: str
    days_ago: int
    rating: int | None = None
    reason: str = ""
    asked_days_ago: int | None = None


_CONTACTS = (
    _Contact(
        "ACME",
        "Robin Vale",
        "Head of digital",
        "robin@acme.example",
        "United States",
        LawfulBasis.CONSENT,
        "Said so in the kickoff; minutes, point 6",
        150,
        "robin",
    ),
    _Contact(
        "ACME",
        "Marta Solberg",
        "Head of operations",
        "marta@acme.example",
        "Norway",
        LawfulBasis.EXISTING_CUSTOMER_NOTICE,
        "Frame contract, section 9",
        150,
    ),
    _Contact(
        "BOREALIS",
        "Nils Aas",
        "Managing director",
        "nils@borealis.example",
        "Norway",
        LawfulBasis.CONSENT,
        "His mail after the first season",
        300,
    ),
    _Contact("COBALT", "Ida Krone", "Product lead", "ida@cobalt.example", "Denmark"),
)
_ANSWERS = (
    _Answered("Robin Vale", "Discovery", "dana", 96, 4, "Calm and competent. Decisions took us long.", 100),
    _Answered("Marta Solberg", "Discovery", "dana", 100, asked_days_ago=100),
    _Answered("Nils Aas", "Opening night", "lee", 118, 5, "Sold out, and nothing broke.", 120),
    _Answered("Nils Aas", "Season planning", "lee", 0, 2, "The seat map slipped twice, and I heard late.", 6),
    _Answered("Ida Krone", "Beta", "dana", 60, 5, "Testers love the new tour."),
)
_WITH_CLIENT = {"ACME": "acme-shared"}


def fill_surveys(
    database: Database,
    story: Story,
    actors: Mapping[str, Actor],
    projects: Mapping[str, ProjectView],
    *,
    origin: Origin,
    now: datetime,
) -> None:
    """Say which channels are with a client, add the contacts, and write down what they answered."""
    for key, channel in _WITH_CLIENT.items():
        _share(database, actors["dana"], projects[key], story.conversation(channel).id, origin, now)
    book, contacts = Surveys(database), ClientContacts(database)
    found: dict[str, tuple[str, UUID]] = {}
    for each in _CONTACTS:
        project = projects[each.project]
        manager = _manager(actors, project)
        fields = ContactFields(
            name=each.name,
            role=each.role,
            email=each.email,
            person_id=actors[each.handle].person.id if each.handle else None,
            basis=each.basis,
            evidence=each.evidence,
            basis_on=(now - timedelta(days=each.days_ago)).date() if each.days_ago else None,
            country=each.country,
        )
        added = contacts.add(manager, project.id, fields, origin=origin, now=now)
        found[each.name] = (each.project, added.id)
    for answered in _ANSWERS:
        key, contact_id = found[answered.contact]
        _write_down(book, actors[answered.by], projects[key], contact_id, answered, origin, now)


def _share(
    database: Database, actor: Actor, project: ProjectView, channel_id: str, origin: Origin, now: datetime
) -> None:
    profiles = ProjectProfiles(database)
    present = profiles.card(actor, project.id).project
    wanted = replace(profile_of(present), client_channel_id=channel_id)
    profiles.edit(actor, project.id, wanted, version=present.version, origin=origin, now=now)


def _manager(actors: Mapping[str, Actor], project: ProjectView) -> Actor:
    manager = project.project_manager
    return next(actor for actor in actors.values() if manager and actor.person.id == manager.id)


def _write_down(
    book: Surveys,
    actor: Actor,
    project: ProjectView,
    contact_id: UUID,
    answered: _Answered,
    origin: Origin,
    now: datetime,
) -> None:
    at = now - timedelta(days=answered.days_ago)
    fields = AnswerFields(answered.rating, answered.reason, today_of(project, at), answered.about, contact_id)
    if answered.asked_days_ago is not None:
        then = now - timedelta(days=answered.asked_days_ago)
        was_asked = replace(fields, rating=None, reason="", on=today_of(project, then), was_asked=True)
        asked = book.record(actor, project.id, was_asked, origin=origin, now=then)
        if answered.rating is None:
            return
        fields = replace(fields, contact_id=None, invitation_id=asked.id)
    book.record(actor, project.id, fields, origin=origin, now=at)
