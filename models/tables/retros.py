"""Retrospectives, their cards, and who took part: the last two are tied to each other by nothing."""

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, Table, text

from models.commands import CARD_LENGTH
from models.rules.retros.formats import RetroFormat
from models.rules.retros.life import RetroState
from models.tables.base import (
    UtcDateTime,
    closed_set,
    key,
    metadata,
    optional,
    own_id,
    required,
    workspace_id,
)

MARK_LENGTH = 64
"""Hexadecimal digits of a SHA-256."""

_IS_COLLECTING = text("state = 'collecting'")
_HAS_STEP = text("next_step_at IS NOT NULL")


retrospectives = Table(
    "retrospectives",
    metadata,
    own_id(),
    workspace_id(),
    required("project_id", ForeignKey("projects.id")),
    required("version", Integer, default=1),
    required("state", closed_set(RetroState)),
    required("format", closed_set(RetroFormat)),
    required("is_anonymous", Boolean),
    # Whether people are asked first how free they feel to speak.
    required("asks_safety", Boolean, default=False),
    # How many gave each answer, from 1 to 5, once that is final; "" where nobody may know.
    required("safety", String(60), default=""),
    # Null where a ritual started it.
    optional("started_by_id", ForeignKey("people.id")),
    required("started_at", UtcDateTime),
    required("closes_at", UtcDateTime),
    required("is_extended", Boolean, default=False),
    required("is_reminded", Boolean, default=False),
    optional("next_step_at", UtcDateTime),
    optional("closed_at", UtcDateTime),
    optional("closed_by_id", ForeignKey("people.id")),
    # How many took part, once that is final.
    optional("contributors", Integer),
    optional("edit_key", String(MARK_LENGTH)),
    Index(
        "ix_retrospectives_collecting",
        "project_id",
        unique=True,
        postgresql_where=_IS_COLLECTING,
        sqlite_where=_IS_COLLECTING,
    ),
    Index("ix_retrospectives_project_id_started_at", "project_id", "started_at"),
    Index(
        "ix_retrospectives_next_step_at",
        "next_step_at",
        postgresql_where=_HAS_STEP,
        sqlite_where=_HAS_STEP,
    ),
)
"""A team looks back. A project collects cards for one at most, whatever runs twice.

``edit_key`` makes the marks by which people find their own cards; it is destroyed when collecting closes.
``next_step_at`` is when time alone does something next. Nothing here changes when a card is written.
"""


retro_cards = Table(
    "retro_cards",
    metadata,
    own_id(),
    workspace_id(),
    required("retro_id", ForeignKey("retrospectives.id")),
    required("column", String(40)),
    required("text", String(CARD_LENGTH)),
    required("version", Integer, default=1),
    required("is_withdrawn", Boolean, default=False),
    # Null unless all write with names.
    optional("author_id", ForeignKey("people.id")),
    optional("mark", String(MARK_LENGTH)),
    # Its place among the cards once collecting is closed, drawn by lot.
    optional("place", Integer),
    Index("ix_retro_cards_retro_id", "retro_id"),
    # Kept in the order of its random ids: SQLite would otherwise number the rows as they come.
    sqlite_with_rowid=False,
)
"""What somebody wrote. No name and no time stands with it, unless all agreed to write with names.

``mark`` tells its author under the retrospective's key, and nobody without it. When collecting closes,
all cards are written anew in random order, under new ids and without marks. A card that was taken back
stays until then, empty, so that a delivery that comes twice does not write it again.
"""


retro_safety_answers = Table(
    "retro_safety_answers",
    metadata,
    own_id(),
    workspace_id(),
    required("retro_id", ForeignKey("retrospectives.id")),
    required("value", Integer),
    Index("ix_retro_safety_answers_retro_id", "retro_id"),
    sqlite_with_rowid=False,
)
"""How free somebody feels to speak. Its id is their mark; no name and no time stands with it.

When collecting closes, the answers are counted and deleted.
"""


retro_participations = Table(
    "retro_participations",
    metadata,
    key("retro_id", ForeignKey("retrospectives.id")),
    key("person_id", ForeignKey("people.id")),
    workspace_id(),
    sqlite_with_rowid=False,
)
"""Somebody took part; neither when, nor with how many cards."""
