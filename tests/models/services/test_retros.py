"""Retrospectives: started, written to, extended, closed, and what is agreed on then."""

from datetime import UTC, datetime, timedelta

import pytest

from models.commands import NewAction, NewCard, NewRetro
from models.errors import Conflict, Invalid, NotAllowed, NotFound
from models.read_models import Actor, ProjectView, RetroView
from models.rules.access import ProjectRole
from models.rules.actions import ActionStatus
from models.rules.delivery import NoticeKind, Operation
from models.rules.retros.formats import RetroFormat
from models.rules.retros.life import RetroState
from models.services.audit import history
from models.services.retros.cards import MOST_OF_ONE
from models.services.retros.clock import RetroClock
from models.services.retros.readings import RetroReadings
from models.tables import retro_cards, retro_participations, retrospectives
from tests.models.world import CHANNEL, NOW, World, statements_of

NOON_ON_FRIDAY = datetime(2026, 10, 16, 10, tzinfo=UTC)
"""In Berlin, two working days after ``NOW``."""


def start(world: World, actor: Actor, project: ProjectView, **wanted: object) -> RetroView:
    """Start one."""
    receipt, now = wanted.pop("receipt", None), wanted.pop("now", NOW)
    new = NewRetro(project.id, **wanted)  # type: ignore[arg-type]
    return world.retros.start(actor, new, origin=world.origin(receipt), now=now)  # type: ignore[arg-type]


def write(world: World, actor: Actor, retro: RetroView, *texts: str, receipt: str | None = None) -> None:
    """Write cards into the first column."""
    column = retro.spec.columns[0].key
    wanted = [NewCard(column, text) for text in texts]
    world.retro_cards.add(actor, retro.id, wanted, origin=world.origin(receipt), now=NOW)


def close(world: World, actor: Actor, retro: RetroView, now: datetime = NOW) -> RetroView:
    """Close it."""
    return world.retros.close(actor, retro.id, origin=world.origin(), now=now)


def agree(world: World, actor: Actor, retro: RetroView, title: str, receipt: str | None = None) -> None:
    """Agree on an action of one's own."""
    wanted = NewAction(title, actor.person.id, NOW.date() + timedelta(days=14))
    world.retros.add_action(actor, retro.id, wanted, origin=world.origin(receipt), now=NOW)


def test_it_begins_with_a_prompt_and_what_came_of_the_last_one(world: World) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    said = world.said_by(lambda: start(world, dana, project, receipt="view"))
    assert [(each.kind, each.operation, each.channel) for each in said] == [
        (NoticeKind.RETRO_OPENED, Operation.POST, CHANNEL)
    ]
    screen = world.retros.show(dana, project.id, now=NOW)
    assert screen is not None
    retro = screen.retro
    assert (retro.closes_at, retro.is_anonymous, retro.reference) == (NOON_ON_FRIDAY, True, "ACME retro")
    assert (screen.is_open, screen.may_run, screen.last, screen.actions) == (True, True, None, ())
    again = start(world, dana, project, receipt="view")
    assert (again, world.count(retrospectives)) == (retro, 1)
    with pytest.raises(Invalid, match="collects cards already"):
        start(world, dana, project)

    write(world, dana, retro, "Demo on Fridays")
    closed = close(world, dana, retro)
    agree(world, dana, closed, "Pair on releases")
    agree(world, dana, closed, "Shorter stand-ups")
    first, _ = world.retros.get(dana, closed.id, now=NOW).actions
    world.actions.settle(dana, first.id, ActionStatus.DONE, origin=world.origin(), now=NOW)
    second = start(world, dana, project, format=RetroFormat.SAILBOAT, now=NOW + timedelta(days=14))
    told = RetroReadings(world.database).for_notice(world.workspace_id, second.id)
    assert told is not None
    assert told.last is not None
    assert (told.last.done, len(told.last.counted)) == (1, 2)
    assert {action.title for action in told.last.open} == {"Pair on releases", "Shorter stand-ups"} - {
        first.title
    }
    line, before = world.retros.lines(dana, project.id)
    assert (line.retro.id, before.retro.id, before.actions, before.done) == (second.id, closed.id, 2, 1)


def test_it_ends_with_its_project_and_posts_nothing_new(world: World) -> None:
    dana, sam = world.person("Dana"), world.person("Sam")
    project = world.project(dana)
    retro = start(world, dana, project)
    write(world, sam, retro, "Demo on Fridays")
    archived_at = NOW + timedelta(hours=3)
    said = world.said_by(
        lambda: world.profiles.archive(dana, project.id, "over", origin=world.origin(), now=archived_at)
    )
    assert [(each.kind, each.operation) for each in said] == [(NoticeKind.RETRO_OPENED, Operation.UPDATE)]
    shown = world.retros.get(dana, retro.id, now=archived_at)
    assert (shown.retro.state, shown.retro.closed_at) == (RetroState.CLOSED, archived_at)
    assert shown.retro.has_ended_with_project
    assert world.retros.cards(dana, retro.id)[1][0][0].text == "Demo on Fridays"
    assert RetroClock(world.database).run(now=archived_at + timedelta(days=9)) == 0
    world.profiles.reopen(dana, project.id, origin=world.origin(), now=archived_at + timedelta(days=1))
    assert start(world, dana, project, now=archived_at + timedelta(days=2)).state is RetroState.COLLECTING


def test_who_runs_it_need_not_wait_once_all_are_in(world: World) -> None:
    dana, sam, kim = world.person("Dana"), world.person("Sam"), world.person("Kim")
    project = world.project(dana)
    world.give_role(sam, project, ProjectRole.MEMBER)
    elsewhere = start(world, kim, world.project(kim, key="BETA", channel="C_BETA"))
    for actor in (dana, sam):
        write(world, actor, elsewhere, "Cards of another retrospective say nothing about this one")
    retro = start(world, dana, project)
    readings = RetroReadings(world.database)
    for actor, left in ((sam, 1), (kim, 1), (dana, 0)):
        write(world, actor, retro, "Demo on Fridays")
        shown = world.retros.get(dana, retro.id, now=NOW)
        assert (shown.still_to_write, shown.are_all_in) == (left, not left)
        assert [each.id for each in readings.all_in(world.workspace_id, [retro.id])] == [retro.id] * (
            not left
        )
    world.retro_cards.take_back(sam, world.retro_cards.mine(sam, retro.id, now=NOW).cards[0].id, now=NOW)
    assert not world.retros.get(dana, retro.id, now=NOW).are_all_in
    close(world, dana, retro)
    assert not world.retros.get(dana, retro.id, now=NOW).are_all_in


def test_cards_are_written_changed_and_deleted_by_their_author_alone(world: World) -> None:
    dana, sam = world.person("Dana"), world.person("Sam")
    retro = start(world, dana, world.project(dana))
    write(world, sam, retro, "  Pair on\treleases ", "", "Demo on Fridays")
    write(world, dana, retro, "Late tickets")
    mine = world.retro_cards.mine(sam, retro.id, now=NOW)
    assert {card.text for card in mine.cards} == {"Pair on releases", "Demo on Fridays"}
    assert mine.is_small
    card = next(card for card in mine.cards if card.text.startswith("Pair"))
    for act in (
        lambda: world.retro_cards.own(dana, card.id),
        lambda: world.retro_cards.edit(dana, card.id, NewCard("stop", "Mine"), version=1, now=NOW),
        lambda: world.retro_cards.take_back(dana, card.id, now=NOW),
    ):
        with pytest.raises(NotFound):
            act()

    wanted = NewCard("stop", "Pair on every release")
    world.retro_cards.edit(sam, card.id, wanted, version=1, now=NOW)
    changed = world.retro_cards.edit(sam, card.id, wanted, version=1, now=NOW)
    assert ("stop", "Pair on every release", 2) in [
        (each.column, each.text, each.version) for each in changed.cards
    ]
    with pytest.raises(Conflict):
        world.retro_cards.edit(sam, card.id, NewCard("stop", "From another window"), version=1, now=NOW)
    world.retro_cards.take_back(sam, card.id, now=NOW)
    left = world.retro_cards.take_back(sam, card.id, now=NOW)
    assert [each.text for each in left.cards] == ["Demo on Fridays"]
    screen = world.retros.get(sam, retro.id, now=NOW)
    assert (screen.retro.cards, screen.retro.contributors, screen.mine) == (2, 2, 1)
    world.retro_cards.take_back(sam, left.cards[0].id, now=NOW)
    assert world.retros.get(sam, retro.id, now=NOW).retro.contributors == 1


def test_a_delivery_that_comes_twice_writes_its_cards_once_even_if_they_were_deleted_meanwhile(
    world: World,
) -> None:
    dana = world.person("Dana")
    retro = start(world, dana, world.project(dana))
    write(world, dana, retro, "Pair on releases", "Demo on Fridays", receipt="view")
    write(world, dana, retro, "Pair on releases", "Demo on Fridays", receipt="view")
    first, second = world.retro_cards.mine(dana, retro.id, now=NOW).cards
    world.retro_cards.take_back(dana, first.id, now=NOW)
    write(world, dana, retro, "Pair on releases", "Demo on Fridays", receipt="view")
    assert world.retro_cards.mine(dana, retro.id, now=NOW).cards == (second,)


def test_what_one_wrote_before_in_that_column_is_kept_once(world: World) -> None:
    dana, sam = world.person("Dana"), world.person("Sam")
    retro = start(world, dana, world.project(dana))
    write(world, dana, retro, "Pair on releases", "pair on  Releases")
    write(world, sam, retro, "Pair on releases")
    again = [NewCard(column, "Pair on releases") for column in ("start", "stop")]
    mine = world.retro_cards.add(dana, retro.id, again, origin=world.origin(), now=NOW)
    assert [(card.column, card.text) for card in mine.cards] == [
        ("start", "Pair on releases"),
        ("stop", "Pair on releases"),
    ]
    assert mine.already_there == 1
    assert world.count(retro_cards) == 3, "what others wrote stays theirs"
    world.retro_cards.take_back(dana, mine.cards[0].id, now=NOW)
    write(world, dana, retro, "Pair on releases")
    assert len(world.retro_cards.mine(dana, retro.id, now=NOW).cards) == 2


@pytest.mark.parametrize(
    ("texts", "sentence"),
    [
        ((" ",), "at least one"),
        (("x" * 301,), "300 characters"),
        (tuple(map(str, range(MOST_OF_ONE + 1))), "more than 40"),
    ],
)
def test_what_cannot_stand_is_refused(world: World, texts: tuple[str, ...], sentence: str) -> None:
    dana = world.person("Dana")
    retro = start(world, dana, world.project(dana))
    with pytest.raises(Invalid, match=sentence) as refusal:
        write(world, dana, retro, *texts)
    assert list(refusal.value.problems) == ["start"]
    assert (world.count(retro_cards), world.count(retro_participations)) == (0, 0)


def test_who_may_do_what(world: World) -> None:
    dana, sam, kim = world.person("Dana"), world.person("Sam"), world.person("Kim")
    project = world.project(dana)
    with pytest.raises(NotAllowed) as refused:
        start(world, kim, project)
    assert refused.value.ask == ("Dana",)
    world.give_role(sam, project, ProjectRole.MEMBER)
    retro = start(world, sam, project)
    write(world, kim, retro, "I only read along")
    with pytest.raises(NotAllowed):
        close(world, kim, retro)
    close(world, sam, retro)
    assert len(world.retros.cards(sam, retro.id)[1]) == 1
    for act in (lambda: world.retros.cards(kim, retro.id), lambda: agree(world, kim, retro, "Nothing")):
        with pytest.raises(NotAllowed):
            act()
    with pytest.raises(NotAllowed):
        world.retros.show(world.person("Yuki", is_guest=True), project.id, now=NOW)
    with pytest.raises(NotFound):
        World(world.database, "T_OTHER").retros.get(
            World(world.database, "T_OTHER").person("Eve"), retro.id, now=NOW
        )


def test_it_is_extended_once_and_never_backwards(world: World) -> None:
    dana = world.person("Dana")
    retro = start(world, dana, world.project(dana))

    def extend(until: datetime | None = None) -> RetroView:
        return world.retros.extend(dana, retro.id, until, origin=world.origin(), now=NOW)

    with pytest.raises(Invalid, match="has passed"):
        extend(NOON_ON_FRIDAY)
    with pytest.raises(Invalid, match="two weeks"):
        extend(NOW + timedelta(days=15))
    said = world.said_by(extend)
    assert [(each.kind, each.operation) for each in said] == [(NoticeKind.RETRO_OPENED, Operation.UPDATE)]
    assert world.retros.get(dana, retro.id, now=NOW).retro.closes_at == datetime(2026, 10, 20, 10, tzinfo=UTC)
    with pytest.raises(Invalid, match="once already"):
        extend()
    close(world, dana, retro)
    with pytest.raises(Invalid, match="closed already"):
        extend()


def test_closing_shows_the_cards_in_a_thread_message_by_message(world: World) -> None:
    dana = world.person("Dana")
    retro = start(world, dana, world.project(dana))
    texts = [f"{number} {'x' * 250}" for number in range(20)]
    write(world, dana, retro, *texts)
    said = world.said_by(lambda: close(world, dana, retro))
    assert [(each.kind, each.operation) for each in said] == [
        (NoticeKind.RETRO_OPENED, Operation.UPDATE),
        (NoticeKind.RETRO_CLOSED, Operation.POST),
        *[(NoticeKind.RETRO_CARDS, Operation.REPLY)] * 3,
    ]
    assert {each.about for each in said[2:]} == {said[1].key}
    readings = RetroReadings(world.database)
    shown = [card.text for page in range(4) for card in readings.page(world.workspace_id, retro.id, page)[1]]
    assert sorted(shown) == sorted(texts)
    with pytest.raises(Invalid, match="closed already"):
        close(world, dana, retro)
    with pytest.raises(Invalid, match="over"):
        write(world, dana, retro, "Too late")
    with pytest.raises(NotFound):
        world.retro_cards.own(dana, world.retros.cards(dana, retro.id)[1][0][0].id)


def test_three_actions_at_most_each_with_owner_and_day(world: World) -> None:
    dana, sam = world.person("Dana"), world.person("Sam")
    retro = start(world, dana, world.project(dana))
    with pytest.raises(Invalid, match="still being collected"):
        agree(world, dana, retro, "Too early")
    close(world, dana, retro)
    with pytest.raises(Invalid) as refusal:
        world.retros.add_action(dana, retro.id, NewAction("Pair"), origin=world.origin(), now=NOW)
    assert set(refusal.value.problems) == {"owner_id", "due_on"}
    for _ in range(2):
        agree(world, dana, retro, "Pair on releases", receipt="view")
    agree(world, dana, retro, "Shorter stand-ups")
    agree(world, dana, retro, "A demo")
    with pytest.raises(Invalid, match="three actions"):
        agree(world, dana, retro, "One more")
    screen = world.retros.get(sam, retro.id, now=NOW)
    assert len(screen.actions) == 3
    said = world.said_by(
        lambda: world.actions.settle(
            dana, screen.actions[0].id, ActionStatus.CANCELLED, "No time", origin=world.origin(), now=NOW
        )
    )
    ended = [(each.kind, each.operation) for each in said]
    assert (NoticeKind.RETRO_OPENED, Operation.UPDATE) in ended, "without a card nothing else says it"
    agree(world, dana, retro, "One more")


def test_time_reminds_once_and_closes(world: World) -> None:
    dana = world.person("Dana")
    retro = start(world, dana, world.project(dana))
    clock = RetroClock(world.database)

    def at(now: datetime) -> list[tuple[NoticeKind, Operation]]:
        said = world.said_by(lambda: [clock.run(now=now), clock.run(now=now)])
        return [(each.kind, each.operation) for each in said]

    assert at(NOW) == []
    assert at(NOON_ON_FRIDAY - timedelta(days=1)) == [(NoticeKind.RETRO_REMINDED, Operation.REPLY)]
    assert at(NOON_ON_FRIDAY - timedelta(seconds=1)) == []
    assert at(NOON_ON_FRIDAY) == [
        (NoticeKind.RETRO_OPENED, Operation.UPDATE),
        (NoticeKind.RETRO_REMINDED, Operation.UPDATE),
    ], "an empty one needs no second post"
    closed = world.retros.get(dana, retro.id, now=NOON_ON_FRIDAY).retro
    assert (closed.state, closed.closed_by) == (RetroState.CLOSED, None)
    with world.database.read() as session:
        entries = history(session, world.workspace_id, retro.id)
    assert [(each.action, each.person is None) for each in entries] == [
        ("closed", True),
        ("reminded", True),
        ("started", False),
    ]


def test_an_archived_project_begins_none(world: World) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    world.profiles.archive(dana, project.id, "over", origin=world.origin(), now=NOW)
    with pytest.raises(Invalid, match="archived"):
        start(world, dana, project)


def test_what_is_shown_takes_as_many_statements_however_much_there_is(world: World) -> None:
    dana = world.person("Dana")
    project = world.project(dana)
    for month in range(3):
        retro = start(world, dana, project, now=NOW + timedelta(days=28 * month))
        agree(world, dana, close(world, dana, retro), "Pair")

    def counted() -> tuple[int, int]:
        with statements_of(world.database) as shown:
            world.retros.show(dana, project.id, now=NOW)
        with statements_of(world.database) as listed:
            world.retros.lines(dana, project.id)
        return len(shown), len(listed)

    before = counted()
    for month in range(3, 6):
        retro = start(world, dana, project, now=NOW + timedelta(days=28 * month))
        close(world, dana, retro)
        for title in ("Pair", "Demo", "Docs"):
            agree(world, dana, retro, title)
    assert counted() == before
