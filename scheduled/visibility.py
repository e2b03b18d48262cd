"""Whether a channel may see what clients and guests must not: asked before every confidential message."""

import threading
from datetime import datetime, timedelta
from uuid import UUID

from models.services.people import People
from models.value import Value
from scheduled.ports import Messenger, NotSent, Refusal, Refused, Unclear

ONE_ANSWER_SERVES = timedelta(seconds=10)
"""For how long the messages waiting for a channel share one look at it."""

PEOPLE_KNOWN_FOR = timedelta(hours=6)
"""For how long we remember of a person that they are no guest."""

PEOPLE_ASKED_AT_ONCE = 40
"""Strangers asked about in one go: the lane's lease must outlast it."""

Place = tuple[UUID, str]


class TooManyStrangers(Exception):
    """The channel has more unknown members than can be asked about in one go; ask again to go on."""


class LookUpFailed(Exception):
    """The other side gave no answer about the channel; it is worth another try."""


class _Answer(Value):
    refusal: Refusal | None
    at: datetime


class Gate:
    """Looks at channels, and remembers what it saw for a moment."""

    def __init__(self, people: People) -> None:
        """Take those who remember who is a guest."""
        self._people = people
        self._answers: dict[Place, _Answer] = {}
        self._lock = threading.Lock()

    def refusal(
        self, workspace_id: UUID, channel_id: str, messenger: Messenger, *, now: datetime
    ) -> Refusal | None:
        """Return why the channel must not see a confidential message; None when it may.

        Raises TooManyStrangers, LookUpFailed, RateLimited.
        """
        place = (workspace_id, channel_id)
        with self._lock:
            known = self._answers.get(place)
        if known is not None and now - known.at < ONE_ANSWER_SERVES:
            return known.refusal
        try:
            refusal = self._look(place, messenger, now)
        except Refused as refused:
            refusal = refused.refusal or Refusal.LOOK_UP_FAILED
        except (NotSent, Unclear) as failure:
            raise LookUpFailed from failure
        self._remember(place, _Answer(refusal, now))
        return refusal

    def forget(self, workspace_id: UUID, channel_id: str) -> None:
        """Look at the channel anew next time."""
        with self._lock:
            self._answers.pop((workspace_id, channel_id), None)

    def _look(self, place: Place, messenger: Messenger, now: datetime) -> Refusal | None:
        workspace_id, channel_id = place
        facts = messenger.channel_facts(channel_id)
        if facts.refusal is not None:
            return facts.refusal
        fresh_since = now - PEOPLE_KNOWN_FOR
        check = self._people.guests_among(
            workspace_id, facts.member_ids, fresh_since=fresh_since, channel_id=channel_id
        )
        if not check.guests and check.unknown:
            strangers = sorted(check.unknown)
            for stranger in strangers[:PEOPLE_ASKED_AT_ONCE]:
                profile = messenger.profile(stranger)
                # The home team matters to the actor that is returned, which nobody needs here.
                self._people.remember(workspace_id, profile.team_id, profile, now=now)
            if len(strangers) > PEOPLE_ASKED_AT_ONCE:
                raise TooManyStrangers
            check = self._people.guests_among(
                workspace_id, facts.member_ids, fresh_since=fresh_since, channel_id=channel_id
            )
        return Refusal.GUEST if check.guests or check.unknown else None

    def _remember(self, place: Place, answer: _Answer) -> None:
        with self._lock:
            self._answers = {
                other: known
                for other, known in self._answers.items()
                if answer.at - known.at < ONE_ANSWER_SERVES
            }
            self._answers[place] = answer
