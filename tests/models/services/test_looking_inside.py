"""Green outside, red inside: what is found, who may know of it, and how it is answered."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import update

from handlers.statuses.forms import beginning
from handlers.statuses.modals import status_modal
from handlers.statuses.words import findings
from models.commands import AnswerFields, ContactFields, DimensionFields, NewAction, RiskResponse
from models.errors import Conflict, Invalid, NotAllowed
from models.read_models import Actor, ProjectView
from models.rules.risks.words import ResponseStrategy, Visibility
from models.rules.statuses.inside import Inside, Look
from models.rules.statuses.rag import Colour, Dimension
from models.services.risks.responses import RiskResponses
from models.services.statuses import screens
from models.tables import action_items
from models.value import replace
from tests.models.world import NOW, TODAY, World


def test_a_critical_risk_flags_a_green_status(world: World, dana: Actor, acme: ProjectView) -> None:
    world.log(dana, acme, probability=4, impact=5, owner_id=dana.person.id)
    status = world.status(dana, acme).status
    assert (status.inside, status.wants_answer) == (Inside.FLAGGED, True)
    (finding,) = status.found
    assert (finding.look, finding.figure, finding.names) == (Look.CRITICAL_RISK, 1, ("ACME-R1",))
    assert not finding.is_restricted
    assert status.without_data == (Look.PERFORMANCE, Look.MILESTONE, Look.CLIENT_ANSWER), "and it says so"
    assert status.rag.declared is Colour.GREEN, "the bot never changes a colour itself"


def test_a_critical_risk_that_is_nobodys_weighs_as_much_as_an_owned_one(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    world.log(dana, acme, "Only proposed, and not scored")
    assert world.status(dana, acme).status.inside is Inside.CLEAR
    world.log(dana, acme, probability=4, impact=5)
    status = world.status(dana, acme, version=1).status
    assert (status.inside, status.found[0].names) == (Inside.FLAGGED, ("ACME-R2",))


def test_the_form_names_all_that_will_be_found_and_what_is_explained_there_is_posted_as_explained(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    world.log(dana, acme, probability=4, impact=5, owner_id=dana.person.id)
    world.log(dana, acme, probability=4, impact=5, owner_id=dana.person.id, visibility=Visibility.RESTRICTED)
    world.mood(dana, acme, 2)
    start = world.statuses.start(dana, acme.id, None, now=NOW)
    form = beginning(start)
    shown = str(status_modal(form, start, "U_DANA"))
    why = "a critical risk is open (ACME-R1); the client's mood was 2, unhappy, lately"
    assert f"*Green, but {why}.*" in shown
    ticked = replace(form, values={"not_green": "schedule"})
    assert "Green, but" not in str(status_modal(ticked, start, "U_DANA")), "it is amber then"
    status = world.status(dana, acme, justification=" The fallback is tested ").status
    assert (status.inside, status.wants_answer) == (Inside.FLAGGED, False)
    assert status.justification == "The fallback is tested"
    assert findings(status, with_restricted=True) == why
    quiet = world.project(dana, key="QUIET", channel="C_QUIET")
    assert world.status(dana, quiet, justification="Well").status.justification == "", "nothing to explain"


def test_what_is_not_green_is_not_looked_into(world: World, dana: Actor, acme: ProjectView) -> None:
    world.log(dana, acme, probability=4, impact=5, owner_id=dana.person.id)
    amber = DimensionFields(Colour.AMBER, "Hurry", dana.person.id, TODAY, "it is done")
    status = world.status(dana, acme, dimensions={Dimension.SCHEDULE: amber}).status
    assert (status.inside, status.findings) == (Inside.CLEAR, ())


def test_what_only_leads_may_know_is_kept_from_the_others(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    critical: dict[str, Any] = {"probability": 4, "impact": 5, "owner_id": dana.person.id}
    world.log(dana, acme, visibility=Visibility.RESTRICTED, **critical)
    (finding,) = world.status(dana, acme).status.found
    assert finding.is_restricted
    world.log(dana, acme, "Another", **critical)
    (finding,) = world.status(dana, acme, version=1).status.found
    assert (finding.is_restricted, finding.names) == (False, ("ACME-R2",))
    assert world.statuses.show(world.person("Sam"), acme.id, now=NOW).may_see_inside is False


@pytest.mark.parametrize(
    ("days_ago", "value", "found"), [(21, 2, True), (22, 2, False), (1, 3, False), (1, 1, True)]
)
def test_a_low_mood_within_three_weeks_flags_it(
    world: World, dana: Actor, acme: ProjectView, days_ago: int, value: int, *, found: bool
) -> None:
    world.mood(dana, acme, value, days_ago)
    assert (world.status(dana, acme).status.inside is Inside.FLAGGED) is found


def test_an_alert_alone_is_for_those_whom_it_was_told(world: World, dana: Actor, acme: ProjectView) -> None:
    world.mood(dana, acme, 5, 30)
    world.mood(dana, acme, 3, 10)
    (finding,) = world.status(dana, acme).status.found
    assert (finding.look, finding.is_restricted) == (Look.CLIENT_MOOD, True)


def test_three_late_responses_are_worth_a_look(world: World, dana: Actor, acme: ProjectView) -> None:
    risk = world.log(dana, acme, probability=3, impact=4, owner_id=dana.person.id)
    responses = RiskResponses(world.database)
    for number in range(3):
        action = NewAction(f"Step {number}", dana.person.id, TODAY)
        wanted = RiskResponse(ResponseStrategy.MITIGATE, action)
        responses.respond(dana, risk.id, wanted, origin=world.origin(), now=NOW)
    assert world.status(dana, acme).status.inside is Inside.CLEAR
    with world.database.write() as session:
        session.execute(update(action_items).values(due_on=TODAY - timedelta(days=1)))
    status = world.status(dana, acme, version=1).status
    assert (status.inside, status.wants_answer) == (Inside.CHECK, False)
    assert [finding.figure for finding in status.found] == [3]


def test_an_older_week_is_not_judged_by_what_is_known_today(
    world: World, dana: Actor, acme: ProjectView
) -> None:
    world.status(dana, acme)
    world.mood(dana, acme, 1, 0)
    present = screens.present_period(acme, NOW)
    older = world.status(dana, acme, period=present.previous).status
    assert (older.inside, older.findings) == (Inside.CLEAR, ())
    assert world.statuses.start(dana, acme.id, present, now=NOW).suggestions
    assert not world.statuses.start(dana, acme.id, present.previous, now=NOW).suggestions


def test_why_it_is_green_all_the_same_is_on_record(world: World, dana: Actor, acme: ProjectView) -> None:
    world.log(dana, acme, probability=4, impact=5, owner_id=dana.person.id)
    status = world.status(dana, acme).status

    def justify(actor: Actor, reason: str, version: int = 1) -> None:
        world.statuses.justify(actor, status.id, reason, version=version, origin=world.origin(), now=NOW)

    with pytest.raises(Invalid) as refused:
        justify(dana, "  ")
    assert set(refused.value.problems) == {"justification"}
    with pytest.raises(NotAllowed):
        justify(world.person("Sam"), "Because.")
    justify(dana, "The fallback is tested.")
    with pytest.raises(Conflict):
        justify(dana, "Again.")
    shown = world.statuses.show(dana, acme.id, now=NOW).found.status
    assert (shown.version, shown.justification, shown.wants_answer) == (2, "The fallback is tested.", False)

    edited = world.status(dana, acme, "Still on track", version=2).status
    assert edited.justification == "The fallback is tested.", "it stays while it is needed"

    world.mood(dana, acme, 2)
    start = world.statuses.start(dana, acme.id, None, now=NOW)
    fields = {
        each.get("block_id"): each for each in status_modal(beginning(start), start, "U_DANA")["blocks"]
    }
    assert "initial_value" not in fields["justification"]["element"], "it was no answer to the mood"
    assert "Something new was found since “The fallback is tested.” was said" in str(fields["justification"])
    again = world.status(dana, acme, "On", version=3, justification="The fallback is tested.").status
    assert (again.justification, again.wants_answer) == ("", True), "what is new is asked about"
    justify(dana, "We talked, and the fallback is tested.", 4)
    kept = world.status(dana, acme, "Still on", version=5).status
    assert kept.justification == "We talked, and the fallback is tested."
    world.mood(dana, acme, 1)
    assert world.status(dana, acme, "On", version=6).status.wants_answer, "a lower mood is new as well"


@pytest.mark.parametrize(
    ("days_ago", "rating", "found"), [(0, 2, True), (30, 2, True), (31, 2, False), (0, 3, False)]
)
def test_a_low_survey_answer_within_thirty_days_is_looked_at_by_leads_alone(
    world: World, dana: Actor, acme: ProjectView, days_ago: int, rating: int, *, found: bool
) -> None:
    robin = world.contacts.add(dana, acme.id, ContactFields("Robin"), origin=world.origin(), now=NOW)
    answer = AnswerFields(rating, on=TODAY - timedelta(days=days_ago), contact_id=robin.id)
    world.surveys.record(dana, acme.id, answer, origin=world.origin(), now=NOW)
    status = world.status(dana, acme).status
    assert (status.inside is Inside.CHECK) is found
    assert Look.CLIENT_ANSWER not in status.without_data
    assert [(each.look, each.figure, each.is_restricted) for each in status.found] == (
        [(Look.CLIENT_ANSWER, 2, True)] if found else []
    )


def test_saying_why_keeps_what_is_being_written(world: World, dana: Actor, acme: ProjectView) -> None:
    world.status(dana, acme)
    world.log(dana, acme, probability=5, impact=5, owner_id=dana.person.id)
    status = world.status(dana, acme, version=1).status
    draft = {"headline": "Not sent yet"}
    world.statuses.keep_draft(dana, acme.id, status.period, draft, now=NOW)
    world.statuses.justify(dana, status.id, "Known.", version=2, origin=world.origin(), now=NOW)
    assert world.statuses.draft(dana, acme.id, status.period) is not None
