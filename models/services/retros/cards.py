"""Cards: written, changed and taken back by people whom nobody learns of.

Nothing here writes an entry of the audit trail, a receipt or a message: each would set a person and a time
beside a card. A delivery that comes twice is known by the card's own id instead.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from models.commands import CARD_LENGTH, NewCard
from models.database import Database
from models.errors import Conflict, Invalid, NotFound
from models.read_models import Actor, CardView, MyCards, Origin, RetroView
from models.rules.access import Capability
from models.rules.retros.life import SAFETY_WORDS, RetroState, is_small
from models.services.projects.rows import required_project
from models.services.retros import card_rows, marks
from models.services.retros.rows import find_retro, key_of
from models.services.standing import require, standing
from models.services.texts import clean_line, too_long
from models.value import replace

CARD, COLUMN = "card", "column"
"""What refusals call them."""
MOST_OF_ONE = 40
"""Cards of one person: more would drown the others."""

_OVER = "Collecting is over, so the cards stay as they are."
_TOO_MANY = "That would be more than {} cards of yours. Choose what matters most."
_NOTHING = "Write at least one card. One line is one card."


class RetroCards:
    """People's own cards."""

    def __init__(self, database: Database) -> None:
        """Take where they are kept."""
        self._database = database

    def mine(self, actor: Actor, retro_id: UUID, *, now: datetime) -> MyCards:
        """Return one's own cards while they are collected. Raises NotFound, NotAllowed, Invalid."""
        require(standing(actor), Capability.ADD_CARD)
        with self._database.read() as session:
            retro, key = _open(session, actor, retro_id, now)
            return _mine(session, actor, retro, key)

    def add(
        self,
        actor: Actor,
        retro_id: UUID,
        wanted: Sequence[NewCard],
        *,
        safety: int | None = None,
        origin: Origin,
        now: datetime,
    ) -> MyCards:
        """Write cards, and return all of one's own. Raises NotFound, NotAllowed, Invalid.

        ``safety`` answers the safety check, where there is one; then there need be no card. What one wrote
        in the same column before, however it is capitalised, is kept once.
        """
        require(standing(actor), Capability.ADD_CARD)
        with self._database.write() as session:
            retro, key = _open(session, actor, retro_id, now, lock=True)
            is_rated = retro.asks_safety and safety in SAFETY_WORDS
            written = _checked(retro, wanted, may_be_none=is_rated)
            if is_rated and safety is not None:
                card_rows.rate(session, retro, actor.person.id, safety, key=key)
            mine = card_rows.own_cards(session, retro, key, actor.person.id)
            ids = [marks.card_id(key, origin.receipt, place) for place in range(len(written))]
            repeated = _repeated(mine, ids, written)
            new = {
                card_id: card for card_id, card in zip(ids, written, strict=True) if card_id not in repeated
            }
            if new:
                card_rows.write_new(session, retro, actor, new, key=key)
            after = _mine(session, actor, find_retro(session, actor.workspace_id, retro_id), key)
            if new and len(after.cards) > MOST_OF_ONE:
                raise Invalid({written[0].column: _TOO_MANY.format(MOST_OF_ONE)})
            return replace(after, already_there=len(repeated))

    def own(self, actor: Actor, card_id: UUID) -> CardView:
        """Return one of one's own cards. Raises NotFound where it is none, or not any more."""
        require(standing(actor), Capability.ADD_CARD)
        with self._database.read() as session:
            return _own(session, actor, card_id)

    def edit(self, actor: Actor, card_id: UUID, wanted: NewCard, *, version: int, now: datetime) -> MyCards:
        """Change one of one's own cards. Raises NotFound, NotAllowed, Invalid, Conflict."""
        require(standing(actor), Capability.ADD_CARD)
        with self._database.write() as session:
            card = _own(session, actor, card_id)
            retro, key = _open(session, actor, card.retro_id, now, lock=True)
            card = _own(session, actor, card_id)
            (written,) = _checked(retro, [wanted])
            after = replace(card, text=written.text, column=written.column, version=card.version + 1)
            if (card.text, card.column) != (after.text, after.column):
                if card.version != version:
                    raise Conflict(card, ())
                card_rows.update_card(session, after)
            return _mine(session, actor, retro, key)

    def take_back(self, actor: Actor, card_id: UUID, *, now: datetime) -> MyCards:
        """Delete one of one's own cards, and return the others. Raises NotFound, NotAllowed, Invalid."""
        require(standing(actor), Capability.ADD_CARD)
        with self._database.write() as session:
            card = _own(session, actor, card_id, also_withdrawn=True)
            retro, key = _open(session, actor, card.retro_id, now, lock=True)
            card_rows.empty_card(session, card_id)
            left = _mine(session, actor, retro, key)
            if not left.cards:
                card_rows.forget_one(session, retro.id, actor.person.id)
            return left


def _open(
    session: Session, actor: Actor, retro_id: UUID, now: datetime, *, lock: bool = False
) -> tuple[RetroView, str]:
    """Return a retrospective that collects cards, with its key. Raises NotFound, Invalid."""
    retro = find_retro(session, actor.workspace_id, retro_id, lock=lock)
    key = key_of(session, retro_id)
    if retro.state is not RetroState.COLLECTING or key is None or not retro.is_open(now):
        raise Invalid({"retro": _OVER})
    return retro, key


def _mine(session: Session, actor: Actor, retro: RetroView, key: str) -> MyCards:
    project = required_project(session, actor.workspace_id, retro.project_id)
    team = {holder.person.id for holder in project.roles}
    mine = card_rows.own_cards(session, retro, key, actor.person.id)
    return MyCards(
        retro,
        mine,
        is_small=retro.is_anonymous and is_small(len(team)),
        safety=card_rows.rating_of(session, actor.person.id, key=key) if retro.asks_safety else None,
    )


def _own(session: Session, actor: Actor, card_id: UUID, *, also_withdrawn: bool = False) -> CardView:
    found = card_rows.own_card(
        session, actor.workspace_id, card_id, actor.person.id, also_withdrawn=also_withdrawn
    )
    if found is None:
        raise NotFound(CARD, str(card_id))
    return found


def _repeated(mine: Iterable[CardView], ids: Iterable[UUID], written: Iterable[NewCard]) -> frozenset[UUID]:
    """Return the ids of those cards that say what another of the same column says.

    What comes of the same delivery, for the second time, is no repetition.
    """
    said, repeated = {_words(card): card.id for card in mine}, set[UUID]()
    for card_id, card in zip(ids, written, strict=True):
        if said.setdefault(_words(card), card_id) != card_id:
            repeated.add(card_id)
    return frozenset(repeated)


def _words(card: CardView | NewCard) -> tuple[str, str]:
    return card.column, card.text.casefold()


def _checked(
    retro: RetroView, wanted: Sequence[NewCard], *, may_be_none: bool = False
) -> tuple[NewCard, ...]:
    """Return the cards as they are kept. Raises Invalid with a sentence for each column that can't stand."""
    written = tuple(replace(card, text=clean_line(card.text)) for card in wanted)
    written = tuple(card for card in written if card.text)
    problems = {} if may_be_none and not written else dict(_problems(retro, written))
    if problems:
        raise Invalid(problems)
    return written


def _problems(retro: RetroView, written: Sequence[NewCard]) -> Iterator[tuple[str, str]]:
    if not written:
        yield retro.spec.columns[0].key, _NOTHING
    for card in written:
        if retro.spec.column(card.column) is None:
            raise NotFound(COLUMN, card.column)
        for problem in too_long(card.text, CARD_LENGTH):
            yield card.column, f"{problem} One line is one card."
