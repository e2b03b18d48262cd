"""Whom a client survey may ask, how often, and for how long the question stands.

Source: surveys can count as advertising, so each contact needs a lawful basis with its evidence; the pauses
between two questions to one person, the reminder and the closing day are our defaults.
"""

from datetime import date, datetime, timedelta
from enum import StrEnum

from models.value import Value

FORMER = "Former contact"
"""What a contact is called of whom nothing is known any more."""


class LawfulBasis(StrEnum):
    """Why we may write to somebody about their satisfaction."""

    CONSENT = "consent"
    """They said yes."""
    EXISTING_CUSTOMER_NOTICE = "existing_customer_notice"
    """They are a customer, were told of it when they became one, and can object each time."""
    LEGITIMATE_INTEREST = "legitimate_interest"
    """Our interest was weighed against theirs, and that is written down."""
    NONE = "none"
    """Looked at, and there is none."""


class SurveyTrigger(StrEnum):
    """Why a client is asked."""

    PROJECT_END = "project_end"
    MILESTONE = "milestone"
    PERIODIC = "periodic"
    BY_HAND = "by_hand"
    """Somebody of the team thought that it is time."""


class SurveyState(StrEnum):
    """Where an occasion to ask a client stands."""

    OPEN = "open"
    """It waits for whoever runs the project to ask, or to hold it."""
    HELD = "held"
    DONE = "done"


class Way(StrEnum):
    """How the question reached somebody."""

    CHANNEL = "channel"
    """In the channel with the client."""
    MAIL = "mail"
    """By a mail that a person wrote."""
    UNASKED = "unasked"
    """It did not: they told us by themselves."""


class InvitationState(StrEnum):
    """Where one question to one person stands."""

    ASKED = "asked"
    ANSWERED = "answered"
    DECLINED = "declined"
    """They would rather not say."""
    WITHDRAWN = "withdrawn"
    """We took it back."""


class Hindrance(StrEnum):
    """Why somebody must not be asked now."""

    NO_BASIS = "no_basis"
    UNKNOWN_BASIS = "unknown_basis"
    OPTED_OUT = "opted_out"
    ASKED_LATELY = "asked_lately"


LAWFUL = frozenset(
    {LawfulBasis.CONSENT, LawfulBasis.EXISTING_CUSTOMER_NOTICE, LawfulBasis.LEGITIMATE_INTEREST}
)
PAUSE = timedelta(days=90)
"""Between two questions to one person, across all projects."""
FINAL_PAUSE = timedelta(days=30)
"""Before the question at a project's end, which comes once and for all."""
REMINDED_AFTER = timedelta(days=5)
CLOSED_AFTER = timedelta(days=14)


class Askable(Value):
    """What decides whether a person may be asked. ``basis`` is None where nobody has looked yet."""

    basis: LawfulBasis | None
    has_opted_out: bool = False
    asked_on: date | None = None
    """When they were last asked, on whichever project."""


def free_on(asked_on: date | None, trigger: SurveyTrigger) -> date | None:
    """Return the first day on which somebody may be asked again; None where they never were."""
    if asked_on is None:
        return None
    return asked_on + (FINAL_PAUSE if trigger is SurveyTrigger.PROJECT_END else PAUSE)


def hindrance(who: Askable, trigger: SurveyTrigger, today: date) -> Hindrance | None:
    """Return why the person must not be asked today, the gravest reason first; None where they may."""
    if who.has_opted_out:
        return Hindrance.OPTED_OUT
    if who.basis is None:
        return Hindrance.UNKNOWN_BASIS
    if who.basis not in LAWFUL:
        return Hindrance.NO_BASIS
    free = free_on(who.asked_on, trigger)
    return Hindrance.ASKED_LATELY if free is not None and today < free else None


def is_open(state: InvitationState, closes_at: datetime | None, now: datetime) -> bool:
    """Tell whether the question can still be answered by whom it was put to."""
    return state is InvitationState.ASKED and (closes_at is None or now < closes_at)


def next_step(asked_at: datetime, *, is_reminded: bool) -> datetime:
    """Return when something happens to an open question by itself: its reminder, then its closing."""
    return asked_at + (CLOSED_AFTER if is_reminded else REMINDED_AFTER)
