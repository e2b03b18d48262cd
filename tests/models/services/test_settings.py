"""A person's own settings, and what they do: quiet hours hold messages, an absence passes news on."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from models.errors import Invalid, NotAllowed
from models.read_models import Actor, StandIns
from models.rules.access import ProjectRole
from models.rules.delivery import GRACE, MessageState, NoticeKind, Operation
from models.rules.mornings.quiet import QuietHours
from models.services.audit import history
from models.services.mornings.answers import Mornings
from models.services.outbox.enqueue import Outgoing, enqueue
from models.services.settings import Settings, Wishes
from models.tables import outbox_messages, person_settings
from tests.models.world import NOW, TODAY, World

NIGHT = QuietHours(18 * 60, 8 * 60)
AT_NIGHT = datetime(2026, 10, 14, 20, tzinfo=UTC)
IN_THE_MORNING = datetime(2026, 10, 15, 6, tzinfo=UTC)  # 08:00 in Berlin.


@pytest.fixture
def settings(world: World) -> Settings:
    return Settings(world.database)


def wish(world: World, who: Actor, quiet: QuietHours | None = None, away_until: date | None = None) -> None:
    Settings(world.database).change(who, Wishes(quiet, away_until), origin=world.origin(), now=NOW)


def test_nobody_has_any_before_they_ask_for_them(world: World, settings: Settings) -> None:
    found = settings.of(world.person("Sam"), now=NOW)
    assert (found.timezone, found.quiet, found.away_until) == ("Europe/Berlin", None, None)


def test_settings_are_kept_and_each_change_is_on_record(world: World, settings: Settings) -> None:
    sam = world.person("Sam")
    wish(world, sam, NIGHT, TODAY)
    assert (settings.of(sam, now=NOW).quiet, settings.of(sam, now=NOW).away_until) == (NIGHT, TODAY)
    wish(world, sam, NIGHT)
    wish(world, sam, NIGHT)
    assert settings.of(sam, now=NOW).away_until is None
    with world.database.read() as session:
        entries = history(session, world.workspace_id, sam.person.id)
    assert [
        [(change.field, change.before, change.after) for change in entry.changes] for entry in entries
    ] == [
        [("away_until", "2026-10-14", None)],
        [("quiet_from", None, "1080"), ("quiet_until", None, "480"), ("away_until", None, "2026-10-14")],
    ]
    assert [entry.version for entry in entries] == [2, 1]


def test_the_same_delivery_twice_changes_once(world: World, settings: Settings) -> None:
    sam, delivery = world.person("Sam"), world.origin()
    settings.change(sam, Wishes(NIGHT, None), origin=delivery, now=NOW)
    wish(world, sam)
    assert settings.change(sam, Wishes(NIGHT, None), origin=delivery, now=NOW).quiet is None
    assert settings.of(sam, now=NOW).quiet is None


@pytest.mark.parametrize(
    ("quiet", "away_until", "field"),
    [
        (QuietHours(480, 480), None, "quiet_until"),
        (QuietHours(-1, 480), None, "quiet_until"),
        (QuietHours(480, 1440), None, "quiet_until"),
        (None, TODAY - timedelta(days=1), "away_until"),
        (None, TODAY + timedelta(days=400), "away_until"),
    ],
)
def test_what_cannot_stand_is_refused_on_its_field(
    world: World, settings: Settings, quiet: QuietHours | None, away_until: date | None, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        settings.change(world.person("Sam"), Wishes(quiet, away_until), origin=world.origin(), now=NOW)
    assert list(refused.value.problems) == [field]
    assert world.count(person_settings) == 0


def test_an_absence_that_is_over_is_none(world: World, settings: Settings) -> None:
    sam = world.person("Sam")
    wish(world, sam, away_until=TODAY)
    late = datetime(2026, 10, 14, 21, 59, tzinfo=UTC)
    assert settings.of(sam, now=late).away_until == TODAY
    assert settings.of(sam, now=late + timedelta(minutes=1)).away_until is None


def test_a_guest_has_none(world: World, settings: Settings) -> None:
    with pytest.raises(NotAllowed):
        settings.of(world.person("Gus", is_guest=True), now=NOW)


def say(world: World, kind: NoticeKind, to: str, key: str, *, at: datetime, about: int | None = None) -> None:
    operation = Operation.POST if about is None else Operation.UPDATE
    with world.database.write() as session:
        said = Outgoing(kind, operation, to, key, {}, depends_on_id=about)
        enqueue(session, world.workspace_id, [said], correlation_id="x", now=at)


def due(world: World) -> dict[str, datetime]:
    return {message.unique_key: message.due_at for message in world.messages()}


def test_what_can_wait_comes_after_the_quiet_hours_with_its_whole_grace(world: World) -> None:
    wish(world, world.person("Dana"), NIGHT)
    say(world, NoticeKind.RISK_PROPOSED, "U_DANA", "held", at=AT_NIGHT)
    [message] = world.messages()
    assert (message.due_at, message.expires_at) == (IN_THE_MORNING, IN_THE_MORNING + GRACE)


def test_news_that_the_quiet_holds_over_a_weekend_comes_on_monday_and_a_nudge_at_once(world: World) -> None:
    wish(world, world.person("Dana"), NIGHT)
    friday_night = AT_NIGHT + timedelta(days=2)
    say(world, NoticeKind.ACTION_GIVEN, "U_DANA", "news", at=friday_night)
    say(world, NoticeKind.SURVEY_NUDGE, "U_DANA", "nudge", at=friday_night)
    saturday = IN_THE_MORNING + timedelta(days=2)
    assert (friday_night.weekday(), saturday.weekday()) == (4, 5)
    assert due(world) == {"news": saturday + timedelta(days=2), "nudge": saturday}


def test_what_changes_a_held_message_waits_with_it_and_no_longer(world: World) -> None:
    wish(world, world.person("Dana"), NIGHT)
    say(world, NoticeKind.RISK_PROPOSED, "U_DANA", "by day", at=NOW)
    say(world, NoticeKind.RISK_PROPOSED, "U_DANA", "held", at=AT_NIGHT)
    sent, held = world.messages()
    with world.database.write() as session:
        is_it = outbox_messages.c.id == sent.id
        session.execute(update(outbox_messages).where(is_it).values(state=MessageState.SENT, settled_at=NOW))
    say(world, NoticeKind.RISK_PROPOSED, "U_DANA", "of sent", at=AT_NIGHT, about=sent.id)
    say(world, NoticeKind.RISK_PROPOSED, "U_DANA", "of held", at=AT_NIGHT, about=held.id)
    assert due(world) == {
        "by day": NOW,
        "held": IN_THE_MORNING,
        "of sent": AT_NIGHT,
        "of held": IN_THE_MORNING,
    }


def test_alerts_answers_channels_and_other_people_do_not_wait(world: World) -> None:
    wish(world, world.person("Dana"), NIGHT)
    world.person("Sam")
    World(world.database, "T_OTHER").person("Dana")
    say(world, NoticeKind.MOOD_ALERT, "U_DANA", "alert", at=AT_NIGHT)
    say(world, NoticeKind.RISK_ESCALATED, "U_DANA", "escalation", at=AT_NIGHT)
    say(world, NoticeKind.LINE_ANSWERED, "U_DANA", "answer", at=AT_NIGHT)
    say(world, NoticeKind.RISK_ANNOUNCED, "C_ACME", "channel", at=AT_NIGHT)
    say(world, NoticeKind.RISK_PROPOSED, "U_SAM", "other", at=AT_NIGHT)
    assert set(due(world).values()) == {AT_NIGHT}


def test_quiet_hours_of_another_workspace_hold_nothing_here(world: World) -> None:
    other = World(world.database, "T_OTHER")
    wish(other, other.person("Dana"), NIGHT)
    world.person("Dana")
    say(world, NoticeKind.RISK_PROPOSED, "U_DANA", "here", at=AT_NIGHT)
    assert due(world) == {"here": AT_NIGHT}


@pytest.mark.parametrize(
    ("quiet", "away_until", "at", "comes"),
    [
        (NIGHT, None, AT_NIGHT, IN_THE_MORNING),
        (NIGHT, None, NOW, NOW),
        (None, TODAY, AT_NIGHT, AT_NIGHT),
        (None, TODAY, AT_NIGHT + timedelta(days=9), AT_NIGHT + timedelta(days=9)),
    ],
)
def test_what_a_new_risk_says_waits_like_all_else(
    world: World, quiet: QuietHours | None, away_until: date | None, at: datetime, comes: datetime
) -> None:
    dana, sam = world.person("Dana"), world.person("Sam")
    project = world.project(dana)
    World(world.database, "T_OTHER").person("Dana")
    for number in (1, 2):  # The first opens the lanes.
        risk = world.log(sam, project, probability=5, impact=4, now=at)
        key = f"risk:{risk.id}"
        said = {name: when for name, when in due(world).items() if name.startswith(key)}
        assert said == {f"{key}:announced": at, f"{key}:proposed:U_DANA": comes if number > 1 else at}
        assert risk.number == number
        wish(world, dana, quiet, away_until)


def test_news_of_a_new_risk_waits_for_an_owner_who_is_away(world: World) -> None:
    dana, lee = world.person("Dana"), world.person("Lee")
    project = world.project(dana)
    world.log(dana, project, probability=4, impact=3, owner_id=lee.person.id)
    wish(world, lee, away_until=TODAY)
    world.log(dana, project, probability=4, impact=3, owner_id=lee.person.id)
    comes = [message.due_at for message in world.messages() if message.kind is NoticeKind.RISK_OWNED]
    assert comes == [NOW, datetime(2026, 10, 15, 13, tzinfo=UTC)]


def asked(world: World, raiser: Actor, key: str) -> list[str]:
    """Return whom a new risk is put to."""
    project = world.projects.by_key(raiser, key)
    said = world.said_by(lambda: world.log(raiser, project))
    return [each.channel for each in said if each.kind is NoticeKind.RISK_PROPOSED]


def test_while_a_manager_is_away_their_deputy_is_asked(world: World) -> None:
    dana, lee, sam = world.person("Dana"), world.person("Lee"), world.person("Sam")
    project = world.project(dana)
    world.give_role(lee, project, ProjectRole.PROJECT_MANAGER, is_deputy=True)
    assert asked(world, sam, "ACME") == ["U_DANA"]
    wish(world, dana, away_until=TODAY)
    assert asked(world, sam, "ACME") == ["U_LEE"]
    wish(world, lee, away_until=TODAY)
    assert asked(world, sam, "ACME") == ["U_DANA"]


def stand_in(world: World, who: Actor) -> StandIns:
    return Mornings(world.database).stand_ins(who, TODAY)["ACME"]


def test_without_a_deputy_another_lead_is_asked_and_nobody_s_risk_is_lost(world: World) -> None:
    dana, alex, sam = world.person("Dana"), world.person("Alex"), world.person("Sam")
    project = world.project(dana)
    wish(world, dana, away_until=TODAY)
    assert asked(world, sam, "ACME") == ["U_DANA"]
    assert stand_in(world, dana) == StandIns((), may_submit=False)
    world.give_role(alex, project, ProjectRole.ENGINEERING_LEAD)
    assert asked(world, sam, "ACME") == ["U_ALEX"]
    assert stand_in(world, dana) == StandIns(("Alex",), may_submit=False)
    ines = world.person("Inês")
    world.give_role(ines, project, ProjectRole.PRODUCT_OWNER)
    assert stand_in(world, dana) == StandIns(("Inês",)), "who may say how it stands does so first"
    wish(world, ines, away_until=TODAY)
    assert stand_in(world, dana) == StandIns(("Alex",), may_submit=False), "who is away stands in for nobody"
