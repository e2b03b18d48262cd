"""What is delivered: half of it as people make it, the rest oddly filled in or bent out of shape."""

import json
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Any

from bot.demo.story import TEAM
from tests.fuzz.house import House
from tests.fuzz.vocabulary import (
    CHANNELS,
    ELSEWHERE,
    JUNK,
    LEADERS,
    ORDINARY,
    STRANGERS,
    TEAMS,
    TEXTS,
    USERS,
)

Json = Any
LAST_FEW = 3


class Kind(StrEnum):
    """What is delivered."""

    COMMAND = "command"
    CLICK = "click"
    SUBMISSION = "submission"
    SHORTCUT = "shortcut"
    EVENT = "event"
    OTHER = "other"
    REPLAY = "replay"


@dataclass(frozen=True)
class Wish:
    """One delivery to be: its kind, a text that somebody typed, and what all else follows from.

    What ``goes_on`` comes from the same person as the last one, and is about what they were shown.
    """

    kind: Kind
    text: str
    seed: int
    goes_on: bool


def any_text(chance: Random) -> str:
    """Return what somebody might type: one of the texts that are known to be odd, or any characters."""
    if chance.random() < 0.5:
        return chance.choice(TEXTS)
    return "".join(
        chr(chance.choice((chance.randrange(0x100), chance.randrange(0x110000))))
        for _ in range(chance.randrange(20))
    )


class Dealer:
    """Deals out the parts of a payload, mostly as they should be."""

    def __init__(self, house: House, wish: Wish) -> None:
        self.house, self.wish, self.random = house, wish, Random(wish.seed)  # noqa: S311 - chance, no secret.
        self.has_bent = False
        self.is_sane = self.random.random() < 0.5
        """Whether it is as people make it."""

    def rarely(self) -> bool:
        return not self.is_sane and self.random.random() < 0.2

    def one(self, usual: Any, unusual: Any) -> Json:  # noqa: ANN401 - sequences of anything.
        return self.random.choice(unusual if self.rarely() else usual)

    def recent(self, shown: list[Json]) -> Json:
        """Return one of those: what goes on is about the last, and most else about the last few."""
        most = 1 if self.wish.goes_on else LAST_FEW
        return self.random.choice(shown[-most:] if self.random.random() < 0.7 else shown)

    def text(self) -> str:
        """Return what somebody typed, half the time something ordinary."""
        chance = self.random.random()
        return (
            ORDINARY
            if self.is_sane or chance < 0.3
            else self.wish.text
            if chance < 0.8
            else self.random.choice(TEXTS)
        )

    def value(self) -> str:
        """Return what a button may carry."""
        pools = (self.house.ours, self.house.ours, self.house.theirs, TEXTS)
        found: str = self.random.choice(self.random.choice(pools))
        prefix = self.random.choice(
            (
                *("", "", "", "accept:", "reviewed:", "ask:", "all:", "history:", "admin:"),
                *("milestones:done:", "milestones:move:", "deliverables:accept:", "measures:edit:"),
            )
        )
        return prefix + found

    def trigger(self) -> str:
        return f"{self.house.slack.number()}.1.abc"

    def user_id(self) -> str:
        """Return who it is, half the time somebody who may do most."""
        last = self.house.sent[-1].user_id if self.wish.goes_on and self.house.sent else None
        found: str = last or self.one((*USERS, *LEADERS * 3), STRANGERS)
        return found

    def user(self) -> Json:
        user_id = self.user_id()
        team = "T02ACME" if user_id == "U02ROBIN" else self.one((TEAM.id,), TEAMS)
        return {"id": user_id, "username": "x", "name": "x", "team_id": team}

    def team(self) -> Json:
        return {"id": self.one((TEAM.id,), TEAMS), "domain": "studio-north"}

    def channel(self) -> str:
        found: str = self.one(CHANNELS, ELSEWHERE)
        return found

    def interaction(self, kind: str) -> Json:
        return {
            "type": kind,
            "user": self.user(),
            "team": self.team(),
            "api_app_id": "A01DRUMBEAT",
            "token": "verification-token",
            "enterprise": None,
            "is_enterprise_install": False,
            "trigger_id": self.trigger(),
        }

    def bent(self, payload: Json) -> Json:
        """Bend the payload out of shape, two times in three, unless it is as people make it."""
        if self.is_sane or self.random.random() < 0.33:
            return payload
        payload, self.has_bent = json.loads(json.dumps(payload)), True
        for _ in range(self.random.choice((1, 1, 2))):
            places = list(_places(payload))
            if not places:
                return payload
            inside, at = self.random.choice(places)
            if self.random.random() < 0.4:
                del inside[at]
            else:
                inside[at] = deepcopy(self.random.choice(JUNK))
        return payload


def _places(value: Json) -> Iterator[tuple[Json, Any]]:
    """Walk through every place in a payload where something stands."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for at, part in inner:
        yield value, at
        yield from _places(part)
