"""What clients answered, written down by us: once, correctable, and with what follows from it."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import delete, select

from models.commands import AnswerFields, ContactFields
from models.errors import Conflict, Invalid, NotAllowed, NotFound
from models.read_models import Actor, ContactView, InvitationView, ProjectView
from models.rules.access import Capability, ProjectRole
from models.rules.actions import ActionSource, ActionStatus
from models.rules.risks.words import Visibility
from models.rules.surveys.asking import PAUSE, InvitationState, LawfulBasis, Way
from models.rules.surveys.csat import ResponseRate, TopTwoBox
from models.rules.surveys.loop import LoopState
from models.services.surveys.questions import ClientQuestions
from models.tables import client_contacts, survey_opt_out_keys, survey_opt_outs
from models.value import replace
from tests.models.world import NOW, TODAY, World, statements_of

LAWFUL: dict[str, Any] = {
    "basis": LawfulBasis.CONSENT,
    "evidence": "Contract, section 4",
    "basis_on": date(2026, 5, 3),
    "country": "Germany",
}


def contact(
    world: World,
    actor: Actor,
    project: ProjectView,
    name: str = "Robin",
    **more: Any,  # noqa: ANN401 - any field of a contact.
) -> ContactView:
    fields = ContactFields(name, **({"email": f"{name.lower()}@acme.example"} | LAWFUL | more))
    return world.contacts.add(actor, project.id, fields, origin=world.origin(), now=NOW)


def record(world: World, actor: Actor, project: ProjectView, **fields: Any) -> InvitationView:  # noqa: ANN401 - any field of an answer.
    return world.surveys.record(actor, project.id, AnswerFields(**fields), origin=world.origin(), now=NOW)


def test_a_contact_is_kept_with_why_we_may_ask_them(world: World, dana: Actor, acme: ProjectView) -> None:
    robin = contact(world, dana, acme, role="Head of digital", email=" Robin@ACME.example ")
    (kept,) = world.contacts.page(dana, acme.id).contacts
    assert kept == robin
    assert (kept.email, kept.basis, kept.version) == ("robin@acme.example", LawfulBasis.CONSENT, 1)
    for lacking in ("evidence", "basis_on", "country"):
        with pytest.raises(Invalid) as refused:
            contact(world, dana, acme, "Kim", **{lacking: None if lacking == "basis_on" else ""})
        assert set(refused.value.problems) == {lacking}
    contact(world, dana, acme, "Kim", basis=None, evidence="", basis_on=None, country="")
    with pytest.raises(Invalid, match="Robin is a contact of ACME Inc already"):
        contact(world, dana, acme, "R. Vale", email="robin@acme.example")


def test_a_contact_is_changed_removed_and_brought_back(world: World, dana: Actor, acme: ProjectView) -> None:
    robin = contact(world, dana, acme)
    fields = ContactFields("Robin Vale", email=robin.email, basis=LawfulBasis.NONE)
    changed = world.contacts.edit(dana, acme.id, robin.id, fields, version=1, origin=world.origin(), now=NOW)
    assert (changed.name, changed.basis, changed.version) == ("Robin Vale", LawfulBasis.NONE, 2)
    with pytest.raises(Conflict):
        world.contacts.edit(dana, acme.id, robin.id, fields, version=1, origin=world.origin(), now=NOW)
    world.contacts.remove(dana, acme.id, robin.id, origin=world.origin(), now=NOW)
    assert world.contacts.page(dana, acme.id).contacts == ()
    world.contacts.restore(dana, acme.id, robin.id, origin=world.origin(), now=NOW)
    assert [each.id for each in world.contacts.page(dana, acme.id).contacts] == [robin.id]


def test_who_does_not_want_to_be_asked_stays_so_however_they_come_back(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    robin = contact(world, dana, acme)
    world.contacts.opt_out(dana, acme.id, robin.id, origin=world.origin(), now=NOW)
    world.contacts.remove(dana, acme.id, robin.id, origin=world.origin(), now=NOW)
    assert contact(world, dana, acme, "Robin again", email=robin.email).opted_out_on == TODAY
    delta = world.project(dana, key="DELTA", channel="C_DELTA")
    there = contact(world, dana, delta, "Robin", email=robin.email)
    assert there.opted_out_on == TODAY
    moved = replace_fields(there, email="vale@delta.example")
    world.contacts.edit(dana, delta.id, there.id, moved, version=1, origin=world.origin(), now=NOW)

    with world.database.write() as session:
        session.execute(delete(client_contacts))
        kept = [
            *session.scalars(select(survey_opt_outs.c.digest)),
            *session.scalars(select(survey_opt_out_keys.c.key)),
        ]
    assert (len(kept), {len(value) for value in kept}) == (6, {64}), "three contacts, two addresses, one key"
    for address in (robin.email, "vale@delta.example"):
        anew = contact(world, dana, acme, "Somebody", email=address)
        assert anew.opted_out_on == TODAY, "nothing else is known of them any more"
        world.contacts.opt_in(dana, acme.id, anew.id, origin=world.origin(), now=NOW)
    assert {each.opted_out_on for each in world.contacts.page(dana, acme.id).contacts} == {None}


def replace_fields(contact: ContactView, **more: Any) -> ContactFields:  # noqa: ANN401 - any field of a contact.
    """Return what the form holds of a contact, with what is changed."""
    return ContactFields(contact.name, **({"email": contact.email} | LAWFUL | more))


def test_who_may_be_asked_again_may_be_on_every_project(world: World, dana: Actor, acme: ProjectView) -> None:
    delta = world.project(dana, key="DELTA", channel="C_DELTA")
    here, there = contact(world, dana, acme), contact(world, dana, delta)
    kim = contact(world, dana, acme, "Kim")
    for each in (here, kim):
        world.contacts.opt_out(dana, acme.id, each.id, origin=world.origin(), now=NOW)
    assert [each.opted_out_on for each in world.contacts.page(dana, delta.id).contacts] == [TODAY]
    back = world.contacts.opt_in(dana, delta.id, there.id, origin=world.origin(), now=NOW)
    assert back.opted_out_on is None
    found = {each.name: each.opted_out_on for each in world.contacts.page(dana, acme.id).contacts}
    assert found == {"Robin": None, "Kim": TODAY}


def test_a_person_in_slack_is_one_contact_of_a_client(world: World, dana: Actor, acme: ProjectView) -> None:
    robin = world.person("Robin", team_id="T_CLIENT")
    assert contact(world, dana, acme, person_id=robin.person.id).person == robin.person
    with pytest.raises(Invalid) as refused:
        contact(world, dana, acme, "Kim", person_id=robin.person.id)
    assert set(refused.value.problems) == {"person_id"}


def test_an_answer_is_counted_and_a_low_one_becomes_the_account_managers(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    priya = world.person("Priya", timezone="Pacific/Pago_Pago")
    world.give_role(priya, acme, ProjectRole.ACCOUNT_MANAGER)
    robin = contact(world, dana, acme)
    found = record(world, dana, acme, contact_id=robin.id, rating=2, reason="Late twice.", about="Checkout")

    assert found.answer is not None
    assert (found.way, found.state, found.about) == (Way.UNASKED, InvitationState.ANSWERED, "Checkout")
    assert (found.answer.rating, found.answer.recorded_by) == (2, dana.person)
    assert (found.answer.owner, found.answer.loop) == (priya.person, LoopState.OPEN)
    (action,) = world.actions.of_source(priya, ActionSource.CSAT, found.id)
    assert action.title == "Speak with the client about their answer on Checkout"
    there = (NOW + timedelta(hours=48)).astimezone(ZoneInfo("Pacific/Pago_Pago")).date()
    assert there != TODAY + timedelta(days=2)
    assert (action.due_on, action.visibility) == (there, Visibility.RESTRICTED), "as Priya reads the hour"
    assert world.actions.of_source(world.person("Sam"), ActionSource.CSAT, found.id) == ()

    shown = world.surveys.overview(dana, acme.id, now=NOW)
    assert shown.satisfaction.box == TopTwoBox(0, 1)
    assert shown.satisfaction.rate == ResponseRate()
    assert [each.id for each in shown.to_close] == [found.id]
    world.actions.settle(priya, action.id, ActionStatus.DONE, origin=world.origin(), now=NOW)
    shown = world.surveys.overview(dana, acme.id, now=NOW)
    assert shown.to_close == ()
    assert shown.latest is not None
    assert shown.latest.answer is not None
    assert shown.latest.answer.loop is LoopState.RESOLVED


def test_who_was_asked_by_mail_counts_as_asked_until_they_answer(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    robin, kim = contact(world, dana, acme), contact(world, dana, acme, "Kim")
    on = TODAY - timedelta(days=3)
    asked = record(world, dana, acme, contact_id=robin.id, was_asked=True, on=on)
    record(world, dana, acme, contact_id=kim.id, was_asked=True, on=on)
    shown = world.surveys.overview(dana, acme.id, now=NOW)
    assert shown.satisfaction.rate == ResponseRate(0, 2)
    assert {each.contact_name for each in shown.waiting} == {"Robin", "Kim"}
    assert {each.asked_on for each in shown.contacts} == {on}

    answered = record(world, dana, acme, invitation_id=asked.id, rating=5)
    assert (answered.id, answered.way, answered.state) == (asked.id, Way.MAIL, InvitationState.ANSWERED)
    shown = world.surveys.overview(dana, acme.id, now=NOW)
    assert (shown.satisfaction.rate, shown.satisfaction.box) == (ResponseRate(1, 2), TopTwoBox(1, 1))
    assert [each.contact_name for each in shown.waiting] == ["Kim"]
    after = NOW + timedelta(days=13)
    (over,) = world.surveys.overview(dana, acme.id, now=after).waiting
    assert not over.is_open(after), "it shows while they are left in peace"
    assert world.surveys.overview(dana, acme.id, now=after + PAUSE).waiting == ()
    with pytest.raises(Invalid, match="Robin answered that already"):
        record(world, dana, acme, invitation_id=asked.id, rating=1)
    with pytest.raises(Invalid, match="Kim was asked about ACME shop for that day already"):
        record(world, dana, acme, contact_id=kim.id, was_asked=True, on=on)


def test_what_was_recorded_wrongly_is_corrected_or_taken_back(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    robin = contact(world, dana, acme)
    found = record(world, dana, acme, contact_id=robin.id, rating=2, reason="Late.")

    def edit(version: int = 1, **fields: Any) -> InvitationView:  # noqa: ANN401 - any field of an answer.
        wanted = AnswerFields(**fields)
        return world.surveys.edit(dana, found.id, wanted, version=version, origin=world.origin(), now=NOW)

    after = edit(rating=3, reason="Late.")
    (action,) = world.actions.of_source(dana, ActionSource.CSAT, found.id)
    assert (action.is_open, action.due_on) == (True, date(2026, 10, 21))
    after = edit(2, rating=4, reason="In time after all.")
    assert after.answer is not None
    assert (after.answer.rating, after.answer.loop, after.answer.version) == (4, None, 3)
    (action,) = world.actions.of_source(dana, ActionSource.CSAT, found.id)
    assert action.status is ActionStatus.CANCELLED
    with pytest.raises(Conflict):
        edit(1, rating=1)

    assert world.surveys.last_recorded(dana, None).id == found.id
    world.surveys.take_back(dana, found.id, origin=world.origin(), now=NOW)
    assert world.surveys.overview(dana, acme.id, now=NOW).satisfaction.box == TopTwoBox()
    with pytest.raises(NotFound):
        world.surveys.last_recorded(dana, None)
    again = record(world, dana, acme, contact_id=robin.id, rating=5)
    assert again.id != found.id
    world.surveys.take_back(dana, again.id, origin=world.origin(), now=NOW)
    asked = record(world, dana, acme, contact_id=robin.id, was_asked=True, about="Beta", rating=4)
    world.surveys.take_back(dana, asked.id, origin=world.origin(), now=NOW)
    waiting = world.surveys.overview(dana, acme.id, now=NOW).waiting
    assert [(each.id, each.state) for each in waiting] == [(asked.id, InvitationState.ASKED)]


def test_the_same_delivery_twice_records_one_answer(world: World, dana: Actor, acme: ProjectView) -> None:
    robin = contact(world, dana, acme)
    fields, origin = AnswerFields(rating=4, contact_id=robin.id), world.origin("view-1")
    first = world.surveys.record(dana, acme.id, fields, origin=origin, now=NOW)
    assert world.surveys.record(dana, acme.id, fields, origin=origin, now=NOW) == first
    assert world.surveys.page(dana, acme.id).total == 1


def test_only_those_who_look_after_the_client_see_and_record_answers(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    robin = contact(world, dana, acme)
    record(world, dana, acme, contact_id=robin.id, rating=4)
    sam, alex, jo = world.person("Sam"), world.person("Alex"), world.delivery_manager("Jo")
    world.give_role(alex, acme, ProjectRole.ENGINEERING_LEAD)
    other = world.project(sam, key="DELTA", channel="C_DELTA")
    for look in (
        lambda: world.surveys.overview(sam, acme.id, now=NOW),
        lambda: world.surveys.page(sam, acme.id),
        lambda: world.contacts.page(sam, acme.id),
        lambda: record(world, alex, acme, contact_id=robin.id, rating=1),
        lambda: world.surveys.page(alex, acme.id),
    ):
        with pytest.raises(NotAllowed):
            look()
    with pytest.raises(NotAllowed) as refused:
        ClientQuestions(world.database).start(alex, acme.id, now=NOW)
    assert refused.value.capability is Capability.ASK_CLIENT
    assert world.surveys.page(sam).total == 0
    assert [each.key for each in world.surveys.all_projects(sam, world.projects.choices(sam))] == ["DELTA"]
    assert [each.key for each in world.surveys.all_projects(jo, world.projects.choices(jo))] == [
        "ACME",
        "DELTA",
    ]
    assert world.surveys.page(jo).total == 1
    low = record(world, dana, acme, contact_id=robin.id, rating=2, about="Beta")
    cards = [world.profiles.card(who, acme.id) for who in (dana, alex, sam)]
    assert [each.satisfaction.box.answers for each in cards] == [2, 2, 0], "in a project's card, too"
    assert [each.latest_answer is not None for each in cards] == [True, False, False]
    seen = world.surveys.overview(alex, acme.id, now=NOW)
    assert seen.satisfaction.box == TopTwoBox(1, 2)
    assert (seen.may_record, seen.latest, seen.to_close, seen.waiting) == (False, None, (), ())
    assert world.surveys.page(alex).total == 0
    assert low.answer is not None
    assert low.answer.action_id is not None
    with pytest.raises(NotFound):
        world.actions.get(alex, low.answer.action_id)
    with pytest.raises(NotAllowed):
        world.surveys.contacted(alex, low.id, origin=world.origin(), now=NOW)
    with pytest.raises(NotFound):
        record(world, sam, other, contact_id=robin.id, rating=1)


def test_a_screen_takes_as_many_queries_for_many_as_for_few(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    def queries() -> list[int]:
        counts = []
        for look in (
            lambda: world.surveys.overview(dana, acme.id, now=NOW),
            lambda: world.surveys.page(dana, acme.id),
            lambda: world.surveys.all_projects(dana, world.projects.choices(dana)),
            lambda: world.contacts.page(dana, acme.id),
        ):
            with statements_of(world.database) as seen:
                look()
            counts.append(len(seen))
        return counts

    robin = contact(world, dana, acme)
    record(world, dana, acme, contact_id=robin.id, rating=2)
    few = queries()
    for number in range(6):
        kim = contact(world, dana, acme, f"Kim{number}")
        record(world, dana, acme, contact_id=kim.id, rating=number % 5 + 1, about=f"M{number}")
        record(world, dana, acme, contact_id=kim.id, was_asked=True, about=f"N{number}")
    world.project(dana, key="DELTA", channel="C_DELTA")
    assert queries() == few


def test_an_archived_projects_answers_stay_as_they_are(world: World, dana: Actor, acme: ProjectView) -> None:
    robin = contact(world, dana, acme)
    found = record(world, dana, acme, contact_id=robin.id, rating=2)
    world.profiles.archive(dana, acme.id, "Delivered.", origin=world.origin(), now=NOW)
    with pytest.raises(Invalid, match="archived"):
        record(world, dana, acme, contact_id=robin.id, rating=4)
    with pytest.raises(Invalid, match="archived"):
        world.surveys.take_back(dana, found.id, origin=world.origin(), now=NOW)
    assert replace(world.surveys.overview(dana, acme.id, now=NOW), to_close=()).may_record is False
