"""Asks the policy table about a person and a project, and says whom to ask instead."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Protocol

from models.errors import NotAllowed
from models.read_models import Actor, InvitationView, MoodView, PersonRef, ProjectView, RoleHolder, Turn
from models.rules.access import LEADING_ROLES, POLICY, Capability, ProjectRole, Relation, Standing, may


class Owned(Protocol):
    """A record that somebody raised, and that somebody may own."""

    @property
    def raised_by(self) -> PersonRef:
        """Return who raised it."""

    @property
    def owner(self) -> PersonRef | None:
        """Return who owns it."""


def standing(
    actor: Actor,
    project: ProjectView | None = None,
    record: Owned | None = None,
    mood: MoodView | None = None,
    *,
    invitation: InvitationView | None = None,
    helpers: Sequence[PersonRef] = (),
) -> Standing:
    """Return everything that ties the person to the project and the record.

    ``helpers`` are those who were asked to do something about it.
    """
    relations = set(_of_question(actor, invitation)) if invitation is not None else set()
    if mood is not None and mood.author.id == actor.person.id:
        relations.add(Relation.RAISER)
    if record is not None and record.raised_by.id == actor.person.id:
        relations.add(Relation.RAISER)
    if record is not None and record.owner is not None and record.owner.id == actor.person.id:
        relations.add(Relation.OWNER)
    if any(helper.id == actor.person.id for helper in helpers):
        relations.add(Relation.HELPER)
    held = project.roles if project is not None else ()
    return Standing(
        is_full_member=actor.is_full_member,
        organisation_roles=actor.organisation_roles,
        project_roles=frozenset(holder.role for holder in held if holder.person.id == actor.person.id),
        relations=frozenset(relations),
    )


def _of_question(actor: Actor, invitation: InvitationView) -> Iterator[Relation]:
    contact, answer = invitation.contact_person, invitation.answer
    if contact is not None and contact.id == actor.person.id:
        yield Relation.CONTACT
    if answer is not None and answer.owner is not None and answer.owner.id == actor.person.id:
        yield Relation.OWNER


def require(held: Standing, capability: Capability, ask: Sequence[PersonRef] = ()) -> None:
    """Raise NotAllowed, naming whom to ask, where the policy table says no."""
    if not may(held, capability):
        raise NotAllowed(capability, tuple(person.name for person in ask))


def able(held: Sequence[RoleHolder], capability: Capability) -> tuple[RoleHolder, ...]:
    """Return those whose role on the project lets them do that."""
    return tuple(holder for holder in held if holder.role in POLICY[capability])


def leads(holders: Sequence[RoleHolder], on: date | None = None) -> tuple[PersonRef, ...]:
    """Return whom a project's news is for: its manager, else the deputies, else its other leading roles.

    Given the day ``on``, whoever is away then is passed over, unless all of them are.
    """
    return _foremost([each for each in holders if is_here(each, on)]) or _foremost(holders)


def turn_of(held: Sequence[RoleHolder], on: date) -> Turn:
    """Return who of them does on that day what leads do, and who is away whom they stand in for."""
    theirs = {person.id for person in leads(held)}
    absent = {each.person.id: each for each in held if each.person.id in theirs and not is_here(each, on)}
    asked = [person for person in leads(held, on) if person.id not in absent]
    return Turn(tuple(asked), tuple(absent.values()))


def _foremost(holders: Sequence[RoleHolder]) -> tuple[PersonRef, ...]:
    for wanted in (
        [holder for holder in holders if _manages(holder) and not holder.is_deputy],
        [holder for holder in holders if _manages(holder)],
        [holder for holder in holders if holder.role in LEADING_ROLES],
    ):
        if wanted:
            return tuple(dict.fromkeys(holder.person for holder in wanted))
    return ()


def holders(held: Sequence[RoleHolder], role: ProjectRole, on: date | None = None) -> tuple[PersonRef, ...]:
    """Return who has a role on a project; the deputies where nobody else has it.

    Given the day ``on``, whoever is away then is passed over, unless all of them are.
    """
    theirs = [holder for holder in held if holder.role is role]
    present = [holder for holder in theirs if is_here(holder, on)]
    for wanted in (
        [holder for holder in present if not holder.is_deputy],
        present,
        [holder for holder in theirs if not holder.is_deputy],
        theirs,
    ):
        if wanted:
            return tuple(holder.person for holder in wanted)
    return ()


def is_here(holder: RoleHolder, on: date | None) -> bool:
    """Tell whether somebody is there on that day, as far as they said."""
    return on is None or holder.away_until is None or holder.away_until < on


def _manages(holder: RoleHolder) -> bool:
    return holder.role is ProjectRole.PROJECT_MANAGER
