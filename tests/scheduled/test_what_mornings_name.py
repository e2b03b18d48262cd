"""What a morning names beside what somebody promised: calls, health checks, risks."""

from datetime import date, time, timedelta

from sqlalchemy import select

from handlers.home import views as home_views
from models.commands import MilestoneFields, MoodFields, NewAction, RiskResponse
from models.read_models import Actor, ProjectView
from models.read_models.home import Debt, HomePages
from models.reports.home import Homes
from models.rules.access import ProjectRole
from models.rules.actions import ActionSource, ActionStatus
from models.rules.raid.words import RaidKind
from models.rules.risks.moves import RiskMove
from models.rules.risks.words import ResponseStrategy
from models.rules.rituals.recurrence import Weekly
from models.services.mornings.answers import Mornings
from models.services.projects.fields import profile_of
from models.services.projects.health_checks import HealthChecks
from models.services.risks.acceptance import RiskAcceptance
from models.services.risks.responses import RiskResponses
from models.services.settings import Settings, Wishes
from models.services.surveys.watch import SurveyWatch
from models.tables import morning_items
from models.value import replace
from tests.conftest import SetClock
from tests.models.rituals import inspect, switch_on
from tests.models.services.test_surveys import contact, record
from tests.models.world import NOW, TODAY, World
from tests.scheduled.morning import asked, morning
from tests.scheduled.office import Office

DAILY = Weekly(frozenset(range(5)), time(9), date(2026, 1, 1))


def test_a_call_that_is_nudged_apart_is_in_no_morning_until_the_nudges_are_over(
    office: Office, world: World, dana: Actor, acme: ProjectView, clock: SetClock
) -> None:
    robin, watch = contact(world, dana, acme), SurveyWatch(world.database)
    record(world, dana, acme, contact_id=robin.id, rating=2, reason="Late twice.", about="Checkout")
    named = []
    for _ in range(6):
        clock.forward(timedelta(days=1))
        named.append(any("Speak with the client" in text for text in morning(office)))
        watch.look(now=clock())
    assert named == [False, False, False, False, True, True], (
        "it was to be done by Friday, and is late on Monday"
    )


def test_a_delivery_manager_hears_of_an_overdue_call_for_as_long_as_nobody_makes_it(
    office: Office, world: World, dana: Actor, acme: ProjectView, clock: SetClock
) -> None:
    jo = world.delivery_manager("Jo")
    robin = contact(world, dana, acme)
    found = record(world, dana, acme, contact_id=robin.id, rating=2, reason="Late twice.", about="Checkout")
    clock.forward(timedelta(days=117))
    morning(office)
    clock.forward(timedelta(days=2))
    morning(office)
    told = "".join(call.text for call in office.messenger.calls if call.where == "U_JO")
    assert "*A dissatisfied client waits for our call*\n*ACME* · for 117 days" in told
    assert "Late twice" not in told
    home = Homes(world.database).of(dana, HomePages(), now=clock())
    assert home.calls.total == 0, "only delivery managers see them"
    home = Homes(world.database).of(jo, HomePages(), now=clock())
    assert [call.project_key for call in home.calls.first] == ["ACME"]
    assert "ACME's client needs a call* · dissatisfied, and waiting for 119 days" in str(
        home_views.view(home, HomePages())
    )
    clock.forward(timedelta(days=5))
    assert "for 124 days" in " ".join(morning(office))
    (action,) = world.actions.of_source(dana, ActionSource.CSAT, found.id)
    world.actions.settle(dana, action.id, ActionStatus.DONE, origin=world.origin(), now=clock())
    assert "*All done for today.*" in " ".join(morning(office))


def test_a_delivery_manager_who_was_to_call_hears_of_the_client_once(
    office: Office, world: World, dana: Actor, acme: ProjectView, clock: SetClock
) -> None:
    jo = world.delivery_manager("Jo")
    world.give_role(jo, acme, ProjectRole.ACCOUNT_MANAGER)
    robin = contact(world, dana, acme)
    for about in ("Checkout", "Search"):
        record(world, dana, acme, contact_id=robin.id, rating=2, reason="Late twice.", about=about)
    clock.forward(timedelta(days=5))
    morning(office)
    [told] = [call.text for call in office.messenger.calls if call.where == "U_JO"]
    assert told.count("ACME") == 1
    assert (
        "*A dissatisfied client waits for our call*\n*ACME* · for 5 days, about 2 answers · you were to call"
        in told
    )
    assert "Speak with the client" not in told


def test_a_project_that_owes_a_health_check_is_named_on_its_day_and_every_thirty_days(
    office: Office, world: World, dana: Actor, clock: SetClock
) -> None:
    project = world.project(dana)
    profile = replace(profile_of(project), starts_on=TODAY - timedelta(days=120))
    world.profiles.edit(dana, project.id, profile, version=1, origin=world.origin(), now=NOW)
    inspect(office.database, dana, project)
    (said,) = morning(office)
    assert "*🩺 A delivery health check is due*" in said
    assert "ACME · 120 days in, and never checked · by 16 Jun 2027" in said
    days = []
    for day in range(1, 34):
        clock.forward(timedelta(days=1))
        days += [day] if morning(office) else []
    assert days == [30], "a Friday"
    checks = HealthChecks(office.database)
    checks.done(dana, project.id, "All is well.", origin=world.origin(), now=clock())
    before = len(office.messenger.calls)
    clock.forward(timedelta(days=40))
    assert morning(office) == []
    assert len(office.messenger.calls) == before


def test_what_a_manager_is_asked_comes_to_their_deputy_while_they_are_away(
    office: Office, world: World, dana: Actor
) -> None:
    project, lee = world.project(dana), world.person("Lee")
    world.give_role(lee, project, ProjectRole.PROJECT_MANAGER, is_deputy=True)
    profile = replace(profile_of(project), starts_on=TODAY - timedelta(days=120))
    world.profiles.edit(dana, project.id, profile, version=1, origin=world.origin(), now=NOW)
    inspect(office.database, dana, project)
    Settings(world.database).change(dana, Wishes(None, TODAY), origin=world.origin(), now=NOW)
    morning(office)
    assert [call.where for call in office.messenger.calls] == ["U_LEE"]


def test_a_scored_risk_that_is_nobodys_is_named_to_its_manager_until_it_has_an_owner(
    office: Office, world: World, dana: Actor, acme: ProjectView, clock: SetClock
) -> None:
    switch_on(world.database, dana, since="2026-01-01T00:00", kind="risk_review", rule=DAILY)
    risk = world.log(world.person("Sam"), acme, "Designer leaves", probability=4, impact=3)
    said_on = []
    for _ in range(8):
        clock.forward(timedelta(days=1))
        said = morning(office)
        said_on += [clock().date().isoformat()] if "who owns it" in "".join(said) else []
        if said_on == ["2026-10-15"] and clock().day == 16:
            line = "*ACME-R1* ⚠️ Designer leaves · High 12, nobody owns it · raised by Sam"
            assert said == [f"*One thing waits for you*\n{line}"], "until somebody owns it, every working day"
        if said and clock().day == 15:
            assert (
                "*One risk is nobody's: who owns it?*\n"
                "*ACME-R1* ⚠️ Designer leaves · High 12 (likely 4 × impact 3) · raised by Sam"
            ) in said
    assert said_on == ["2026-10-15", "2026-10-19", "2026-10-22"]
    owner = dana.person.id
    world.register.score(dana, risk.id, 4, 3, owner, version=1, origin=world.origin(), now=clock())
    assert "*All done for today.*\n✓ ACME-R1 has an owner." in morning(office)


def test_a_risk_is_named_to_its_owner_when_it_is_to_be_looked_at_again(
    office: Office, world: World, dana: Actor, acme: ProjectView, clock: SetClock
) -> None:
    switch_on(world.database, dana, since="2026-01-01T00:00", kind="risk_review", rule=DAILY)
    risk = world.log(dana, acme, probability=4, impact=4, owner_id=dana.person.id)
    clock.forward(timedelta(days=7))
    said = next(text for text in morning(office) if "again" in text)
    assert said == (
        "*One risk to look at again*\n"
        "*ACME-R1* ⚠️ Vendor API may slip · Critical 16 (likely 4 × impact 4) · today"
    )
    said_on = []
    for _ in range(7):
        clock.forward(timedelta(days=1))
        said_on += [clock().date().isoformat()] if "to look at again" in "".join(morning(office)) else []
    # Three days on is Saturday, so Monday; and a week.
    assert said_on == ["2026-10-26", "2026-10-28"]
    world.register.review(dana, risk.id, origin=world.origin(), now=clock())
    assert "*All done for today.*\n✓ ACME-R1 is reviewed." in morning(office)


def test_what_home_counts_as_late_is_in_every_working_mornings_message_in_one_line(
    office: Office, world: World, dana: Actor, acme: ProjectView, clock: SetClock
) -> None:
    switch_on(world.database, dana, since="2026-01-01T00:00", kind="risk_review", rule=DAILY)
    me = dana.person.id
    world.log(dana, acme, probability=2, impact=2, owner_id=me, due_on=TODAY + timedelta(days=1))
    world.item(dana, acme, RaidKind.DEPENDENCY, "Staging access", owner_id=me, due_on=TODAY)
    world.log(world.person("Sam"), acme, "Keys expire")
    said = []
    for _ in range(3):
        clock.forward(timedelta(days=1))
        said += morning(office)[:1]
    assert [text.splitlines()[0] for text in said] == [
        "*2 things wait for you, one late*",
        "*3 things wait for you, 2 late*",
    ], "on Thursday the dependency is late, on Friday the risk as well, and Saturday is Saturday"
    assert said[1].splitlines()[1:] == [
        "*ACME-R1* ⚠️ Vendor API may slip · Moderate 4 · *was due 15 Oct*",
        "*ACME-DEP1* 🔗 Staging access · *2 days late*",
        "*ACME-R2* ⚠️ Keys expire · not scored yet · raised by Sam",
    ], "up to six are shown"
    clock.forward(-timedelta(days=1))
    home = Homes(world.database).of(dana, HomePages(), now=clock())
    assert (home.debts, home.late) == (3, 2), "both name the same"
    for title in ("Logs are lost", "Sandbox is slow", "Costs rise", "Docs are old"):
        world.log(world.person("Sam"), acme, title)
    asked(world, dana, acme, "Book the hall", TODAY + timedelta(days=7))
    clock.forward(timedelta(days=3))
    [folded] = morning(office)[:1]
    assert folded.splitlines()[0] == "*8 things wait for you, 2 late*", "as Home says, with what is due soon"
    assert len(folded.splitlines()) == 1 + 3 + 1
    assert folded.splitlines()[-1] == "and 5 more; *Home* above shows what else waits for you."
    with world.database.read() as session:
        morning_id = session.scalars(
            select(morning_items.c.morning_id).order_by(morning_items.c.place.desc())
        ).first()
    assert morning_id
    Mornings(world.database).unfold(dana, morning_id, origin=world.origin(), now=clock())
    [unfolded] = [text for _ in range(2) for text in morning(office)]
    assert [text.splitlines()[-1] for text in [unfolded]] == ["and 1 more: open *Home* above."]
    assert len(unfolded.splitlines()) == 1 + 7 + 1


def test_a_risk_that_is_over_leaves_the_morning_that_named_it(
    office: Office, world: World, dana: Actor, acme: ProjectView, clock: SetClock
) -> None:
    switch_on(world.database, dana, since="2026-01-01T00:00", kind="risk_review", rule=DAILY)
    risk = world.log(dana, acme, probability=4, impact=4, owner_id=dana.person.id)
    clock.forward(timedelta(days=8))
    [said] = morning(office)
    assert said.splitlines()[0] == "*One thing waits for you, late*"
    gone = world.register.move(
        dana, risk.id, RiskMove.CLOSE, "It did not happen.", origin=world.origin(), now=clock()
    )
    assert (gone.next_review_on, gone.due_on) == (None, None)
    told = [text for _ in range(2) for text in morning(office)]  # What came before it goes first.
    assert "*All done for today.*\n✓ ACME-R1: seen to." in told


def test_who_manages_a_project_hears_every_morning_what_is_behind_its_plan(
    office: Office, world: World, dana: Actor, acme: ProjectView, clock: SetClock
) -> None:
    pilot = MilestoneFields("Pilot", TODAY - timedelta(days=16))
    milestone = world.milestones.add(dana, acme.id, pilot, origin=world.origin(), now=NOW)
    said = []
    for _ in range(2):
        clock.forward(timedelta(days=1))
        said += morning(office)
    line = "*ACME* M1 Pilot *{} working days late*"
    heading = "*One thing waits for you, late*\n"
    assert said == [heading + line.format(13), heading + line.format(14)]
    world.milestones.done(dana, milestone.id, None, origin=world.origin(), now=clock())
    assert morning(office) == ["*All done for today.*\n✓ ACME: seen to."]
    switch_on(world.database, dana, since="2026-01-01T00:00", kind="risk_review", rule=DAILY)
    for days, told in (
        (3, "One thing waits for you, "),
        (1, "2 things wait for you, both "),
        (1, "3 things wait for you, all "),
    ):
        world.item(dana, acme, RaidKind.DEPENDENCY, "Keys", owner_id=dana.person.id, due_on=TODAY)
        clock.forward(timedelta(days=days))
        [said_of_all] = morning(office)
        assert said_of_all.splitlines()[0] == f"*{told}late*"


def test_a_delivery_manager_s_morning_has_the_calls_and_questions_that_their_home_has(
    office: Office, world: World, dana: Actor, acme: ProjectView, clock: SetClock
) -> None:
    switch_on(world.database, dana, since="2026-01-01T00:00", kind="risk_review", rule=DAILY)
    jo, acceptance = world.delivery_manager("Jo"), RiskAcceptance(world.database)
    Settings(world.database).change(dana, Wishes(None, TODAY), origin=world.origin(), now=NOW)
    risk = world.log(dana, acme, probability=3, impact=4, owner_id=dana.person.id)
    acceptance.ask(dana, risk.id, "Cheaper so.", origin=world.origin(), now=NOW)
    world.mood(dana, acme, 1)
    for _ in range(3):
        morning(office)  # What came before it from the same hour goes first.
    [said] = [call for call in office.messenger.calls if "wait for you" in call.text]
    assert said.where == "U_JO"
    assert said.text == (
        "*2 things wait for you*\n"
        "*ACME's client needs a call* · mood alert since 14 Oct\n"
        "*ACME-R1* ⚠️ Vendor API may slip · High 12 · Dana asks to accept it"
    )
    home = Homes(world.database).of(jo, HomePages(), now=NOW)
    assert (home.alerts.total, home.owed[Debt.ACCEPTANCE].total, home.debts) == (1, 1, 2)
    acceptance.approve(jo, risk.id, origin=world.origin(), now=NOW)
    clock.forward(timedelta(minutes=1))
    [told] = [text for text in morning(office) if "thing waits" in text]
    assert told.splitlines()[0] == "*One thing waits for you*"
    assert told.endswith("✓ ACME-R1: seen to.")
    world.moods.take(jo, home.alerts.first[0].id, origin=world.origin(), now=clock())
    clock.forward(timedelta(days=2))
    came = [text for _ in range(3) for text in morning(office)]
    promised = "*ACME's client: how did the call go?* · Jo took it on"
    assert [promised in text for text in came if "ACME's client" in text] == [True], came


def test_a_mood_that_was_corrected_is_said_to_be_so_and_a_client_with_two_reasons_is_named_once(
    office: Office, world: World, dana: Actor, acme: ProjectView, clock: SetClock
) -> None:
    reading = world.mood(dana, acme, 1).reading
    robin = contact(world, dana, acme)
    record(world, dana, acme, contact_id=robin.id, rating=2, reason="Late twice.", about="Checkout")
    jo = world.delivery_manager("Jo")
    Settings(world.database).change(
        dana, Wishes(None, TODAY + timedelta(days=9)), origin=world.origin(), now=NOW
    )
    clock.forward(timedelta(days=6))
    [said] = morning(office)
    assert said.splitlines() == [
        "*One thing waits for you, late*",
        "*ACME's client needs a call* · mood alert since 14 Oct · dissatisfied, and waiting for 6 days",
    ]
    assert (home := Homes(world.database).of(jo, HomePages(), now=clock())).debts == 1, home
    fields = MoodFields(3, "They were tired.", observed_on=reading.observed_on)
    world.moods.edit(dana, reading.id, fields, version=1, origin=world.origin(), now=clock())
    clock.forward(timedelta(minutes=1))
    told = " ".join(text for _ in range(2) for text in morning(office))
    assert "✓ ACME's client: the mood was corrected to 3" in told
    assert "ACME's client: seen to" not in told


def test_a_client_whose_overdue_call_has_its_day_is_named_there_alone_with_their_mood(
    office: Office, world: World, dana: Actor, acme: ProjectView, clock: SetClock
) -> None:
    world.mood(dana, acme, 1)
    robin = contact(world, dana, acme)
    for about in ("Checkout", "Search"):
        record(world, dana, acme, contact_id=robin.id, rating=2, reason="Late twice.", about=about)
    jo = world.delivery_manager("Jo")
    Settings(world.database).change(
        dana, Wishes(None, TODAY + timedelta(days=9)), origin=world.origin(), now=NOW
    )
    clock.forward(timedelta(days=5))
    [said] = morning(office)
    assert said.splitlines() == [
        "*A dissatisfied client waits for our call*",
        "*ACME* · for 5 days, about 2 answers · Dana was to call · mood alert since 14 Oct",
    ]
    home = Homes(world.database).of(jo, HomePages(), now=clock())
    assert home.debts == 1, "as Home has it"
    world.moods.take(jo, home.alerts.first[0].id, origin=world.origin(), now=clock())
    clock.forward(timedelta(minutes=1))
    [told] = [text for text in morning(office) if "waits for our call" in text]
    assert "mood alert" not in told, "somebody took it"
    assert "✓ ACME's client: you call them" in told
    clock.forward(timedelta(days=7, minutes=-1))
    [asked_again] = [text for text in morning(office) if "waits for our call" in text]
    assert asked_again.count("ACME") == 1
    assert "Dana was to call · mood alert since 14 Oct, Jo took the call on" in asked_again


def test_what_time_escalates_is_in_a_delivery_managers_next_morning_once_and_follows_what_is_done(
    office: Office, world: World, dana: Actor, acme: ProjectView, clock: SetClock
) -> None:
    jo, sam = world.delivery_manager("Jo"), world.person("Sam")
    risk = world.log(dana, acme, probability=3, impact=4, owner_id=dana.person.id)
    own = world.log(dana, acme, "Our own", probability=3, impact=4, owner_id=jo.person.id)
    response = RiskResponse(ResponseStrategy.MITIGATE, NewAction("Ask", sam.person.id, TODAY))
    RiskResponses(world.database).respond(dana, risk.id, response, origin=world.origin(), now=NOW)

    def next_one(days: int) -> str:
        """Return what Jo's next morning says of it, after the hourly look."""
        clock.forward(timedelta(days=days))
        world.watch.look(world.workspace_id, correlation_id="tick", now=clock() - timedelta(minutes=1))
        before = len(office.messenger.calls)
        for _ in range(3):
            morning(office)
        said = [call.text for call in office.messenger.calls[before:] if call.where == "U_JO"]
        return "\n".join(text for text in said if "Please look at" in text)

    late = "*ACME-R1* ⚠️ Vendor API may slip · High 12 · “Ask” (Sam) *was due 14 Oct*"
    assert next_one(8).splitlines() == ["*Please look at a risk*", late]
    (action,) = world.actions.open_of(sam, sam.person.id)
    world.actions.settle(sam, action.id, ActionStatus.DONE, origin=world.origin(), now=clock())
    clock.forward(timedelta(minutes=1))
    assert any("✓ ACME-R1: seen to." in text for _ in range(2) for text in morning(office))
    assert next_one(1) == ""
    stale = "*ACME-R1* ⚠️ Vendor API may slip · High 12 · *its review was due 28 Oct* · Dana"
    assert stale in next_one(21), own
    assert next_one(3) == "", "once, though nobody has looked at it"
    world.register.review(dana, risk.id, origin=world.origin(), now=clock())
    assert next_one(1) == ""


def test_an_earlier_days_message_of_which_all_is_done_says_nothing_of_home(
    office: Office, world: World, dana: Actor, acme: ProjectView, clock: SetClock
) -> None:
    only = asked(world, dana, acme)
    morning(office)
    world.actions.settle(dana, only.id, ActionStatus.DONE, origin=world.origin(), now=clock())
    morning(office)
    asked(world, dana, acme, "Book the hall", TODAY + timedelta(days=1))
    clock.forward(timedelta(days=1))
    for _ in range(2):
        morning(office)
    assert "*Wed 14 Oct* · ✓ Ask for a date" in [call.text for call in office.messenger.calls]
