"""How the clients of Studio North were before the visitor came in."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from models.commands import MoodFields
from models.read_models import Actor, Origin, ProjectView
from models.rules.moods.words import MoodSource
from models.services.moods.register import MoodRegister
from models.value import Value


class _Felt(Value):
    """A reading; who logged it by handle."""

    project: str
    author: str
    value: int
    days_ago: int
    insight: str = ""
    source: MoodSource = MoodSource.CALL
    client_role: str = ""
    request: str = ""
    opportunity: str = ""


_FELT = (
    _Felt(
        "ACME", "priya", 5, 47, "Loved the first look at the checkout.", MoodSource.MEETING, "Head of digital"
    ),
    _Felt("ACME", "dana", 4, 33, "Glad that the plan holds.", request="Wish lists in the shop"),
    _Felt("ACME", "sam", 4, 26, "", MoodSource.CHAT),
    _Felt("ACME", "dana", 4, 12, "Calm, but asks for a name for decisions.", client_role="Head of digital"),
    _Felt("BOREALIS", "lee", 4, 44, "Fine with the season's plan.", MoodSource.MEETING),
    _Felt("BOREALIS", "priya", 4, 30, "", opportunity="Ticket sales for their second hall in spring"),
    _Felt("BOREALIS", "tom", 3, 17, "The seat map comes up in every call."),
    _Felt("BOREALIS", "lee", 2, 9, "The plan has slipped twice, and they count.", MoodSource.EMAIL),
    _Felt(
        "BOREALIS", "lee", 2, 2, "Asks whether we still believe in the date.", client_role="Managing director"
    ),
    _Felt("COBALT", "ines", 4, 41, "Trusts the team."),
    _Felt("COBALT", "ines", 4, 27, "", MoodSource.CHAT, request="A dark theme for the app"),
    _Felt("COBALT", "dana", 3, 13, "Quiet in the review.", MoodSource.MEETING),
    _Felt("COBALT", "dana", 2, 3, "Heard of the store review from somebody else first."),
    _Felt("DELTA", "lee", 4, 29, "Our own people are the client, and like it."),
)


def log_moods(
    register: MoodRegister,
    actors: Mapping[str, Actor],
    projects: Mapping[str, ProjectView],
    *,
    origin: Origin,
    now: datetime,
) -> None:
    """Log them all, each on its day, oldest first: what an alert says depends on what came before."""
    for felt in sorted(_FELT, key=lambda each: -each.days_ago):
        fields = MoodFields(
            felt.value,
            felt.insight,
            source=felt.source,
            client_role=felt.client_role,
            request=felt.request,
            opportunity=felt.opportunity,
        )
        register.log(
            actors[felt.author],
            projects[felt.project],
            fields,
            confirm_in=None,
            origin=origin,
            now=now - timedelta(days=felt.days_ago, hours=1),
        )
