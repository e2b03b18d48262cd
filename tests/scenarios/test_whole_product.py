"""A morning with the whole product over HTTP, and through WebSockets that keep breaking, ends the same."""

from collections import Counter
from dataclasses import dataclass
from itertools import chain, cycle

import pytest

from bot.demo.outward.links import Trouble
from bot.demo.people.gestures import Outcome
from models.rules.delivery import MessageState
from models.tables import audit_entries, handled_deliveries, outbox_messages
from tests.conftest import SetClock
from tests.databases import copy_of
from tests.scenarios.company import Transport
from tests.scenarios.records import rows
from tests.scenarios.studio import Morning, Studio, studio

RISKS = 8 + 3
"""Those of the company, and those that are logged below."""


@dataclass(frozen=True)
class Left:
    """What a morning left in the database, and what people see of it."""

    done: Counter[tuple[str, str]]
    """What was done to which kind of record, how often."""
    said: Counter[tuple[str, str, str]]
    deliveries: int
    seen: tuple[tuple[str, ...], ...]


def live(company: Studio) -> Left:
    """Let people use every command, by lines, forms and buttons."""
    for who, typed in (
        ("sam", "/risk Payment keys may leak p3 i5 @dana"),
        ("sam", "/risk Nobody tests the checkout"),
        ("dana", "/risk reduce ACME-R5 Ask for a date @sam due fri"),
        ("sam", "/risk list"),
        ("sam", "/mood 2 Tense call about scope"),
        ("sam", "/raid issue Staging is down i4 @dana due fri"),
        ("dana", "/raid decision Keep the old checkout? decided: no because it breaks"),
        ("dana", "/project show"),
        ("dana", "/project milestones add Go-live 2026-12-01"),
        ("dana", "/drumbeat settings away until fri"),
        ("sam", "/drumbeat help"),
    ):
        assert _went_well(company.type(who, "acme", typed)), typed
    assert _went_well(company.type("sam", "acme", "/risk"))
    typed_in = {"title": "Staging certs expire", "probability": "4", "impact": "3"}
    assert _went_well(company.submit("sam", typed_in))
    assert not company.has_modal("sam")
    asked = company.find("dana", "drumbeat", "Nobody tests the checkout")
    assert _went_well(company.press("dana", asked, "Score"))
    scored = {"probability": "4", "impact": "4", "owner": company.user("alex")}
    assert _went_well(company.submit("dana", scored))
    step = company.find("sam", "drumbeat", "Ask for a date")
    assert _went_well(company.press("sam", step, "Done"))
    assert _went_well(company.type("sam", "acme", "/mood"))
    assert _went_well(company.submit("sam", {"value": "2", "insight": "Still cross."}))
    assert _went_well(company.type("dana", "acme", "/weekly Release still on the 23rd"))
    assert _went_well(company.submit("dana"))
    return _left(company)


def test_breaking_connections_change_nothing_of_what_comes_of_a_morning(
    morning: Morning, request: pytest.FixtureRequest
) -> None:
    left = {}
    for transport in Transport:
        address, clock = copy_of(morning.database_url, request), SetClock(morning.now)
        with studio(morning, address, clock, transport=transport) as company:
            if transport is Transport.SOCKET:
                troubles = chain.from_iterable((kind, None) for kind in cycle(Trouble))
                company.served.demo.sockets.troubles = troubles
            left[transport] = live(company)
    assert left[Transport.SOCKET] == left[Transport.HTTP]
    assert left[Transport.HTTP].done["risk", "logged"] == RISKS


def _went_well(outcome: Outcome) -> bool:
    return outcome.ok


def _left(company: Studio) -> Left:
    database = company.application.database
    said = rows(database, outbox_messages)
    assert not {each["state"] for each in said} & {MessageState.DEAD, MessageState.SENDING}
    return Left(
        done=Counter((each["entity"], each["action"]) for each in rows(database, audit_entries)),
        said=Counter((each["kind"], each["operation"], each["state"]) for each in said),
        deliveries=len(rows(database, handled_deliveries)),
        seen=tuple(
            tuple(company.sees(who, where))
            for who, where in (("priya", "acme"), ("sam", "acme"), ("dana", "drumbeat"), ("jo", "drumbeat"))
        ),
    )
