"""Reads and writes cards: whose they are is known to nobody but their authors."""

from collections.abc import Iterable, Mapping
from secrets import SystemRandom
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Row, delete, false, func, insert, select, update
from sqlalchemy.orm import Session

from models.commands import NewCard
from models.read_models import Actor, CardView, PersonRef, RetroView
from models.rules.retros.life import Safety, pages, safety_of
from models.services.retros import marks
from models.services.statements import dialect_of, insert_new
from models.tables import people, retro_cards, retro_participations, retro_safety_answers, retrospectives

_authors = people.alias("authors")
_SELECT = select(retro_cards, _authors.c.slack_user_id, _authors.c.name.label("author_name")).outerjoin(
    _authors, _authors.c.id == retro_cards.c.author_id
)
_IS_KEPT = retro_cards.c.is_withdrawn == false()


def write_new(
    session: Session,
    retro: RetroView,
    actor: Actor,
    written: Mapping[UUID, NewCard],
    *,
    key: str,
) -> None:
    """Write somebody's cards, each once, by their ids; and, tied to nothing, that they took part."""
    session.connection().execute(
        insert_new(dialect_of(session), retro_cards),
        [
            {
                "id": card_id,
                "workspace_id": retro.workspace_id,
                "retro_id": retro.id,
                "column": card.column,
                "text": card.text,
                "version": 1,
                "is_withdrawn": False,
                "author_id": None if retro.is_anonymous else actor.person.id,
                "mark": marks.mark(key, card_id, actor.person.id),
                "place": None,
            }
            for card_id, card in written.items()
        ],
    )
    took_part = {
        "retro_id": retro.id,
        "person_id": actor.person.id,
        "workspace_id": retro.workspace_id,
    }
    session.connection().execute(insert_new(dialect_of(session), retro_participations), [took_part])


def own_cards(session: Session, retro: RetroView, key: str, person_id: UUID) -> tuple[CardView, ...]:
    """Return the cards that bear the person's mark."""
    rows = session.connection().execute(_SELECT.where(retro_cards.c.retro_id == retro.id, _IS_KEPT)).all()
    mine = [_card_of(row) for row in rows if marks.is_marked(key, row.id, person_id, row.mark)]
    return _in_order(retro, mine)


def own_card(
    session: Session, workspace_id: UUID, card_id: UUID, person_id: UUID, *, also_withdrawn: bool = False
) -> CardView | None:
    """Return a card if the person can show that it is theirs; once its key is destroyed nobody can."""
    keyed = _SELECT.add_columns(retrospectives.c.edit_key).join(
        retrospectives, retrospectives.c.id == retro_cards.c.retro_id
    )
    wanted = keyed.where(retro_cards.c.workspace_id == workspace_id, retro_cards.c.id == card_id)
    if not also_withdrawn:
        wanted = wanted.where(_IS_KEPT)
    row = session.connection().execute(wanted).one_or_none()
    if row is None or row.edit_key is None or not marks.is_marked(row.edit_key, row.id, person_id, row.mark):
        return None
    return _card_of(row)


def update_card(session: Session, card: CardView) -> None:
    """Write a changed card over the version before it."""
    session.connection().execute(
        update(retro_cards).where(retro_cards.c.id == card.id, retro_cards.c.version == card.version - 1),
        {"text": card.text, "column": card.column, "version": card.version},
    )


def empty_card(session: Session, card_id: UUID) -> None:
    """Take a card back: nothing of what it said stays."""
    session.connection().execute(
        update(retro_cards).where(retro_cards.c.id == card_id), {"text": "", "is_withdrawn": True}
    )


def forget_one(session: Session, retro_id: UUID, person_id: UUID) -> None:
    """Forget that somebody took part who has taken all of their cards back."""
    session.connection().execute(
        delete(retro_participations).where(
            retro_participations.c.retro_id == retro_id, retro_participations.c.person_id == person_id
        )
    )


def rate(session: Session, retro: RetroView, person_id: UUID, value: int, *, key: str) -> None:
    """Write somebody's answer to the safety check, over the one that they gave before."""
    connection, answer_id = session.connection(), marks.safety_id(key, person_id)
    if not connection.execute(
        update(retro_safety_answers).where(retro_safety_answers.c.id == answer_id), {"value": value}
    ).rowcount:
        identity = {"id": answer_id, "workspace_id": retro.workspace_id, "retro_id": retro.id}
        connection.execute(insert(retro_safety_answers), identity | {"value": value})


def rating_of(session: Session, person_id: UUID, *, key: str) -> int | None:
    """Return a person's own answer to the safety check."""
    own = retro_safety_answers.c.id == marks.safety_id(key, person_id)
    found: int | None = session.scalar(select(retro_safety_answers.c.value).where(own))
    return found


def take_ratings(session: Session, retro_id: UUID) -> Safety | None:
    """Return what came of the safety check, and delete each answer."""
    theirs = retro_safety_answers.c.retro_id == retro_id
    values = session.scalars(select(retro_safety_answers.c.value).where(theirs)).all()
    session.connection().execute(delete(retro_safety_answers).where(theirs))
    return safety_of(values)


def write_anew(session: Session, retro: RetroView) -> int:
    """Write all cards anew in random order, with new ids and without marks; return how many there are."""
    kept = [
        {"workspace_id": retro.workspace_id, "retro_id": retro.id, "column": row.column, "text": row.text}
        | {"author_id": row.author_id, "version": 1, "is_withdrawn": False, "mark": None}
        for row in session.connection().execute(_SELECT.where(retro_cards.c.retro_id == retro.id, _IS_KEPT))
    ]
    SystemRandom().shuffle(kept)
    session.connection().execute(delete(retro_cards).where(retro_cards.c.retro_id == retro.id))
    if kept:
        placed = [{**card, "id": uuid4(), "place": place} for place, card in enumerate(kept)]
        session.connection().execute(insert(retro_cards), placed)
    return len(kept)


def contributors(session: Session, retro_id: UUID) -> int:
    """Return how many took part."""
    found: int | None = session.scalar(
        select(func.count()).where(retro_participations.c.retro_id == retro_id)
    )
    return found or 0


def took_part(session: Session, retro_id: UUID) -> frozenset[UUID]:
    """Return who took part."""
    found = session.scalars(
        select(retro_participations.c.person_id).where(retro_participations.c.retro_id == retro_id)
    )
    return frozenset(found)


def forget_who(session: Session, retro_id: UUID) -> None:
    """Forget who took part: of so few, that alone says too much."""
    session.connection().execute(
        delete(retro_participations).where(retro_participations.c.retro_id == retro_id)
    )


def laid_out(session: Session, retro: RetroView) -> tuple[tuple[CardView, ...], ...]:
    """Return the cards of a closed retrospective as its thread shows them: message by message, by column."""
    kept = _SELECT.where(retro_cards.c.retro_id == retro.id, _IS_KEPT)
    rows = session.connection().execute(kept.order_by(retro_cards.c.place))
    ordered = _in_order(retro, map(_card_of, rows))
    return pages([(card, f"{card.text}{card.author.name if card.author else ''}") for card in ordered])


def _in_order(retro: RetroView, found: Iterable[CardView]) -> tuple[CardView, ...]:
    order = [column.key for column in retro.spec.columns]
    return tuple(sorted(found, key=lambda card: order.index(card.column) if card.column in order else -1))


def _card_of(row: Row[Any]) -> CardView:
    author = PersonRef(row.author_id, row.slack_user_id, row.author_name) if row.author_id else None
    return CardView(row.id, row.retro_id, row.column, row.text, row.version, author)
