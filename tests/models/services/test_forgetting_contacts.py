"""A client's contact is forgotten: nothing that is kept knows them any more, and their marks still count."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import insert, select

from models.commands import AnswerFields, ContactFields
from models.errors import NotAllowed, NotFound
from models.read_models import PersonRef
from models.rules.access import ProjectRole
from models.rules.actions import ActionSource, ActionStatus
from models.rules.delivery import NoticeKind, Operation
from models.rules.surveys.asking import CLOSED_AFTER, FORMER, LawfulBasis
from models.rules.surveys.loop import LoopState
from models.tables import metadata, mornings
from models.value import replace
from tests.models.services.test_asking_clients import Acme, acme
from tests.models.world import NOW, TODAY

__all__ = ["acme"]

SAID = "Nobody told us about it"


def kept(acme: Acme) -> str:
    """Return all that the database holds, as text."""
    with acme.world.database.read() as session:
        tables = metadata.sorted_tables
        return " ".join(str(tuple(row)) for table in tables for row in session.execute(select(table)))


def forget(acme: Acme, receipt: str | None = None) -> None:
    origin = acme.world.origin(receipt)
    acme.world.erasure.forget(acme.dana, acme.project.id, acme.contact.id, origin=origin, now=NOW)


@pytest.fixture
def told(acme: Acme) -> Acme:
    """Robin said what they think, in Slack and in a mail, was asked once more, and wants to be left alone."""
    acme.answer(acme.ask(), 2, f"{SAID}.")
    heard = AnswerFields(contact_id=acme.contact.id, rating=4, reason=f"{SAID}, again.", about="Beta")
    found = acme.world.surveys.record(acme.dana, acme.project.id, heard, origin=acme.world.origin(), now=NOW)
    corrected = AnswerFields(rating=5, reason=f"{SAID}, in all.")
    acme.world.surveys.edit(acme.dana, found.id, corrected, version=1, origin=acme.world.origin(), now=NOW)
    wrong = AnswerFields(contact_id=acme.contact.id, rating=1, reason=SAID, about="Gamma")
    found = acme.world.surveys.record(acme.dana, acme.project.id, wrong, origin=acme.world.origin(), now=NOW)
    acme.world.surveys.take_back(acme.dana, found.id, origin=acme.world.origin(), now=NOW)
    waiting = acme.ask("Delta", days=100)
    acme.watch.look(NOW + timedelta(days=106))
    acme.answers.opt_out(acme.robin, waiting.id, origin=acme.world.origin(), now=NOW)
    return acme


def test_nothing_of_a_forgotten_contact_is_kept_but_that_they_were_not_to_be_asked(told: Acme) -> None:
    theirs = ("Robin", "U_ROBIN", SAID, str(told.robin.person.id))
    before = kept(told)
    assert all(each in before for each in theirs)
    counts = told.world.surveys.overview(told.dana, told.project.id, now=NOW).satisfaction
    trace = told.world.erasure.trace(
        told.dana, told.project.id, told.contact.id, now=NOW + timedelta(days=106)
    )
    assert (trace.answers, trace.waiting, trace.calls) == (2, 1, 0)

    forget(told)
    after = kept(told)
    assert [each for each in theirs if each in after] == []
    shown = told.world.surveys.overview(told.dana, told.project.id, now=NOW)
    assert shown.satisfaction == counts
    assert (shown.to_close, shown.contacts) == ((), ())
    listed = told.world.surveys.page(told.dana, told.project.id).answers
    assert {each.contact_name for each in listed} == {FORMER}
    loops = {each.answer.loop for each in listed if each.answer}
    assert LoopState.ERASED in loops, "nobody has seen to it"
    assert LoopState.RESOLVED not in loops
    back = told.add("Robin", person_id=told.world.person("Robin", team_id="T_CLIENT").person.id)
    assert back.opted_out_on is not None, "nobody asks them, however they come back"


def test_the_account_of_a_client_whose_morning_was_looked_at_goes_as_well(told: Acme) -> None:
    """Versions up to 0.1.0 looked at the mornings of clients, too."""
    morning = insert(mornings).values(
        id=uuid4(),
        workspace_id=told.world.workspace_id,
        person_id=told.robin.person.id,
        day=TODAY,
        planned_at=NOW,
        is_unfolded=False,
    )
    with told.world.database.write() as session:
        session.execute(morning)
    forget(told)
    assert "U_ROBIN" not in kept(told)


def test_what_was_said_of_them_in_slack_goes_or_says_it_without_a_name(told: Acme) -> None:
    before = len(told.world.said())
    forget(told)
    ends = {(each.operation, each.kind) for each in told.world.said()[before:]}
    assert (Operation.DELETE, NoticeKind.SURVEY_QUESTION) in ends
    assert (Operation.DELETE, NoticeKind.SURVEY_REMINDER) in ends
    assert (Operation.UPDATE, NoticeKind.SURVEY_LOW_ANSWER) in ends
    assert told.watch.look(NOW + CLOSED_AFTER * 10) == 0, "nothing is left to wait for"
    actions = told.world.actions.of_source(told.dana, ActionSource.CSAT, told.contact.id)
    assert [each.status for each in actions] == [ActionStatus.CANCELLED] * len(actions)


def test_who_was_forgotten_can_still_say_that_nobody_is_to_ask_them(acme: Acme) -> None:
    waiting = acme.ask()
    acme.answers.decline(acme.robin, waiting.id, origin=acme.world.origin(), now=NOW)
    forget(acme)
    nobody = replace(acme.robin, person=PersonRef(uuid4(), "U_ROBIN", ""))
    for _ in range(2):
        acme.answers.opt_out(nobody, waiting.id, origin=acme.world.origin(), now=NOW)
    assert "U_ROBIN" not in kept(acme)
    back = acme.add("Robin", person_id=acme.world.person("Robin", team_id="T_CLIENT").person.id)
    assert back.opted_out_on == TODAY


def test_a_forgotten_contact_stays_forgotten_whatever_comes_twice_or_late(acme: Acme) -> None:
    world, dana, project_id, contact_id = acme.world, acme.dana, acme.project.id, acme.contact.id
    waiting = acme.ask()
    world.contacts.remove(dana, project_id, contact_id, origin=world.origin(), now=NOW)
    assert [each.name for each in acme.world.erasure.page(dana, project_id).contacts] == ["Robin"]
    forget(acme, "v1")
    once = kept(acme)
    forget(acme, "v1")
    assert kept(acme) == once
    assert acme.world.erasure.page(dana, project_id).contacts == ()
    late: tuple[Callable[[], object], ...] = (
        lambda: forget(acme),
        lambda: world.contacts.restore(dana, project_id, contact_id, origin=world.origin(), now=NOW),
        lambda: acme.world.erasure.trace(dana, project_id, contact_id, now=NOW),
        *(
            lambda fields=fields: world.surveys.record(
                dana, project_id, fields, origin=world.origin(), now=NOW
            )
            for fields in (
                AnswerFields(contact_id=contact_id, rating=1),
                AnswerFields(invitation_id=waiting.id, rating=1),
            )
        ),
    )
    for act in late:
        with pytest.raises(NotFound):
            act()


def test_only_who_reads_answers_with_names_may_forget_and_only_at_their_client(acme: Acme) -> None:
    world = acme.world
    lead = world.person("Alex")
    world.give_role(lead, acme.project, ProjectRole.ENGINEERING_LEAD)
    for who in (lead, world.person("Sam")):
        with pytest.raises(NotAllowed):
            acme.world.erasure.forget(who, acme.project.id, acme.contact.id, origin=world.origin(), now=NOW)
    other = world.project(world.person("Lee"), key="DELTA", channel="C_DELTA")
    fields = ContactFields(
        "Robin", "", "", acme.robin.person.id, LawfulBasis.CONSENT, "Mail", TODAY, "Norway"
    )
    elsewhere = world.contacts.add(acme.jo, other.id, fields, origin=world.origin(), now=NOW)
    with pytest.raises(NotFound):
        acme.world.erasure.forget(acme.jo, other.id, acme.contact.id, origin=world.origin(), now=NOW)
    assert acme.world.erasure.trace(acme.dana, acme.project.id, acme.contact.id, now=NOW).elsewhere == (
        "DELTA Inc",
    )
    forget(acme)
    (still,) = world.contacts.page(acme.jo, other.id).contacts
    assert (still.id, still.name, still.person) == (elsewhere.id, "Robin", acme.robin.person)
