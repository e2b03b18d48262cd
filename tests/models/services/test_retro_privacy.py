"""Who wrote which card: nothing that the bot keeps or logs tells, and once it is closed nothing can."""

import logging
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, text

from models.commands import NewCard, NewRetro
from models.database import Database
from models.errors import Invalid
from models.read_models import Actor, MyCards, RetroView
from models.rules.retros.life import Safety
from models.services.retros import marks
from models.tables import metadata, retro_participations, retro_safety_answers
from tests.models.world import NOW, World

Dump = dict[str, set[tuple[Any, ...]]]

TEXTS = ("Pair on releases", "Nobody reads the minutes", "Demo on Fridays", "Our lead talks too much")


def dump(database: Database) -> Dump:
    """Return every row of every table; values as plain text, so that nothing hides behind a type."""
    with database.read() as session:
        return {
            table.name: {tuple(map(repr, row)) for row in session.execute(select(table))}
            for table in metadata.sorted_tables
        }


def told_apart(before: Dump, after: Dump) -> Dump:
    """Return the rows that came or changed."""
    return {name: rows - before[name] for name, rows in after.items() if rows - before[name]}


def names_of(actor: Actor) -> Iterator[str]:
    """Yield everything by which a person is known."""
    yield repr(actor.person.id)
    yield str(actor.person.id)
    yield actor.person.id.hex
    yield actor.person.slack_user_id
    yield actor.person.name


@pytest.fixture
def team(world: World) -> tuple[Actor, ...]:
    """Return four people, the first of whom manages the project."""
    return tuple(world.person(name) for name in ("Dana", "Sam", "Mina", "Alexander"))


@pytest.fixture
def retro(world: World, team: tuple[Actor, ...]) -> RetroView:
    """Return a retrospective of theirs without names."""
    project = world.project(team[0])
    return world.retros.start(team[0], NewRetro(project.id), origin=world.origin(), now=NOW)


def write(world: World, retro: RetroView, actor: Actor, card: str) -> str:
    """Write a card, and return the receipt of the delivery."""
    origin = world.origin()
    world.retro_cards.add(actor, retro.id, [NewCard("stop", card)], origin=origin, now=NOW)
    return str(origin.receipt)


def test_a_card_leaves_itself_and_that_somebody_took_part_and_nothing_else(
    world: World, team: tuple[Actor, ...], retro: RetroView, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for actor, card in zip(team, TEXTS, strict=True):
        before = dump(world.database)
        receipt = write(world, retro, actor, card)
        came = told_apart(before, dump(world.database))
        assert {name: len(rows) for name, rows in came.items()} == {
            "retro_cards": 1,
            "retro_participations": 1,
        }
        (written,) = came["retro_cards"]
        values = " ".join(written)
        assert card in values
        assert not [name for name in (*names_of(actor), receipt, "datetime") if name in values]
        (took_part,) = came["retro_participations"]
        shared = set(written) & set(took_part)
        assert shared == {repr(retro.workspace_id), repr(retro.id)}
    mine = world.retro_cards.mine(team[1], retro.id, now=NOW).cards[0]
    before = dump(world.database)
    world.retro_cards.edit(team[1], mine.id, NewCard("stop", "Changed"), version=1, now=NOW)
    world.retro_cards.take_back(
        team[2], world.retro_cards.mine(team[2], retro.id, now=NOW).cards[0].id, now=NOW
    )
    assert set(told_apart(before, dump(world.database))) == {"retro_cards"}
    logged = caplog.text
    assert not [name for actor in team for name in (*names_of(actor), *TEXTS) if name in logged]


def test_the_same_author_s_cards_bear_marks_that_have_nothing_in_common(
    world: World, team: tuple[Actor, ...], retro: RetroView
) -> None:
    for card in TEXTS:
        write(world, retro, team[1], card)
    with world.database.read() as session:
        found = session.execute(text("SELECT id, mark FROM retro_cards")).all()
    assert len({row.mark for row in found}) == len(TEXTS)


def test_once_closed_nothing_leads_from_a_card_to_anybody(
    world: World, team: tuple[Actor, ...], retro: RetroView
) -> None:
    receipts = [write(world, retro, actor, card) for actor, card in zip(team, TEXTS, strict=True)]
    with world.database.read() as session:
        key = session.scalar(text("SELECT edit_key FROM retrospectives"))
        ids_before = set(session.scalars(text("SELECT id FROM retro_cards")))
    assert key is not None
    before = dump(world.database)
    world.retros.close(team[0], retro.id, origin=world.origin(), now=NOW)
    after = dump(world.database)

    everything = "\n".join(" ".join(row) for rows in after.values() for row in rows)
    assert key not in everything
    assert not [receipt for receipt in receipts if receipt in everything]
    with world.database.read() as session:
        cards = [dict(row._mapping) for row in session.execute(text("SELECT * FROM retro_cards"))]
    assert {card["text"] for card in cards} == set(TEXTS)
    assert not {card["id"] for card in cards} & ids_before
    assert sorted(card["place"] for card in cards) == [0, 1, 2, 3]
    for card in cards:
        assert (card["mark"], card["author_id"], card["version"]) == (None, None, 1)
        assert not any(isinstance(value, datetime) for value in card.values())
    # What a card's row shares with any other row is what all cards of the retrospective share.
    common = {repr(retro.workspace_id), repr(retro.id), "None", "False", "1", "0", "2", "3", "'stop'"}
    of_cards = {value for row in after["retro_cards"] for value in row}
    others = {value for name, rows in after.items() if name != "retro_cards" for row in rows for value in row}
    assert of_cards & others <= common
    # And whoever kept a copy of the key finds no mark to try it on.
    for card in cards:
        tried = marks.mark(key, UUID(str(card["id"])), team[1].person.id)
        assert tried not in everything
    assert len(after["retro_participations"]) == len(before["retro_participations"]) == len(team)


def test_the_database_s_own_order_and_transactions_tell_nothing_once_it_is_closed(
    world: World, team: tuple[Actor, ...], retro: RetroView
) -> None:
    many = [f"Card number {number}" for number in range(30)]
    for number, card in enumerate(many):
        write(world, retro, team[number % 4], card)
    world.retros.close(team[0], retro.id, origin=world.origin(), now=NOW)
    with world.database.read() as session:
        if world.database.dialect == "postgresql":
            found = session.execute(text("SELECT text, xmin::text AS x FROM retro_cards ORDER BY ctid")).all()
            assert len({row.x for row in found}) == 1
            took_part = session.execute(text("SELECT xmin::text AS x FROM retro_participations")).all()
            assert not {row.x for row in found} & {row.x for row in took_part}
        else:
            made = session.scalar(text("SELECT sql FROM sqlite_master WHERE name = 'retro_cards'"))
            assert "WITHOUT ROWID" in str(made)
            found = session.execute(text("SELECT text FROM retro_cards")).all()
        by_place = list(session.scalars(text("SELECT text FROM retro_cards ORDER BY place")))
    for order in ([row.text for row in found], by_place):
        assert sorted(order) == sorted(many)
        assert order != many


def test_the_database_s_files_hold_neither_key_nor_marks_once_it_is_closed(
    world: World, team: tuple[Actor, ...], retro: RetroView
) -> None:
    for number in range(80):
        write(world, retro, team[number % 4], f"Card number {number}")
    for actor in team:
        for card in world.retro_cards.mine(actor, retro.id, now=NOW).cards[1:]:
            world.retro_cards.take_back(actor, card.id, now=NOW)
    with world.database.read() as session:
        traces = [*session.scalars(text("SELECT mark FROM retro_cards"))]
        traces += session.scalars(text("SELECT edit_key FROM retrospectives"))
    world.retros.close(team[0], retro.id, origin=world.origin(), now=NOW)
    if world.database.dialect == "postgresql":
        with world.database.look() as session:
            cleared = session.scalar(text("SELECT pg_stat_get_last_vacuum_time('retro_cards'::regclass)"))
        assert cleared is not None
        return
    file = Path(str(world.database.engine.url.database))
    kept = b"".join(
        each.read_bytes() for each in file.parent.glob(f"{file.name}*") if each.suffix != ".db-shm"
    )
    assert b"Card number " in kept
    assert [trace for trace in traces if trace.encode() in kept] == []


def test_of_a_small_group_it_is_forgotten_who_took_part_and_with_names_all_is_kept(
    world: World, team: tuple[Actor, ...], retro: RetroView
) -> None:
    write(world, retro, team[1], "It can only have been Sam")
    world.retros.close(team[0], retro.id, origin=world.origin(), now=NOW)
    assert world.count(retro_participations) == 0
    assert world.retros.get(team[0], retro.id, now=NOW).retro.contributors == 1

    with_names = world.retros.start(
        team[0], NewRetro(retro.project_id, is_anonymous=False), origin=world.origin(), now=NOW
    )
    write(world, with_names, team[1], "I say so")
    world.retros.close(team[0], with_names.id, origin=world.origin(), now=NOW)
    ((card,),) = world.retros.cards(team[0], with_names.id)[1]
    assert card.author == team[1].person
    assert world.count(retro_participations) == 1


def test_how_free_somebody_feels_to_speak_leads_to_nobody_and_is_counted_at_the_end(
    world: World, team: tuple[Actor, ...]
) -> None:
    project = world.project(team[0])

    def begin() -> RetroView:
        wanted = NewRetro(project.id, asks_safety=True)
        return world.retros.start(team[0], wanted, origin=world.origin(), now=NOW)

    def rate(retro: RetroView, actor: Actor, value: int) -> MyCards:
        return world.retro_cards.add(actor, retro.id, (), safety=value, origin=world.origin(), now=NOW)

    retro = begin()
    for actor, value in zip(team, (5, 4, 4, 1), strict=True):
        before = dump(world.database)
        assert rate(retro, actor, value).safety == value
        came = told_apart(before, dump(world.database))
        assert {name: len(rows) for name, rows in came.items()} == {"retro_safety_answers": 1}
        values = " ".join(*came["retro_safety_answers"])
        assert not [name for name in (*names_of(actor), "datetime") if name in values]
    rate(retro, team[0], 3)
    assert world.count(retro_safety_answers) == len(team), "who thinks again has one answer"
    with pytest.raises(Invalid, match="at least one card"):
        rate(retro, team[0], 6)
    closed = world.retros.close(team[0], retro.id, origin=world.origin(), now=NOW)
    assert (closed.safety, world.count(retro_safety_answers)) == (Safety((1, 0, 1, 2, 0)), 0)
    assert world.retros.get(team[0], retro.id, now=NOW).retro.safety == closed.safety

    retro = begin()
    for actor in team[:3]:
        rate(retro, actor, 1)
    closed = world.retros.close(team[0], retro.id, origin=world.origin(), now=NOW)
    assert (closed.safety, world.count(retro_safety_answers)) == (None, 0), "of so few it is forgotten"
    retro = world.retros.start(team[0], NewRetro(project.id), origin=world.origin(), now=NOW)
    with pytest.raises(Invalid, match="at least one card"):
        rate(retro, team[0], 5)
