"""How clients' satisfaction reads in Slack; every message and modal takes its words from here."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from handlers.blocks import day, escape, moment
from models.read_models import AnswerView, ContactView, InvitationView, PersonRef, Satisfaction
from models.rules.moods.words import near_day
from models.rules.surveys.asking import (
    Hindrance,
    InvitationState,
    LawfulBasis,
    SurveyTrigger,
    Way,
    free_on,
    hindrance,
)
from models.rules.surveys.csat import RATING_WORDS, Interval
from models.rules.surveys.loop import LoopState

BASIS_WORDS = {
    LawfulBasis.CONSENT: "They said yes",
    LawfulBasis.EXISTING_CUSTOMER_NOTICE: "They are a customer, were told, and can object",
    LawfulBasis.LEGITIMATE_INTEREST: "Our interest was weighed against theirs, in writing",
    LawfulBasis.NONE: "We may not",
}
"""Why we may ask somebody, as the form offers it."""
_WHY_WE_MAY = {
    LawfulBasis.CONSENT: "said yes",
    LawfulBasis.EXISTING_CUSTOMER_NOTICE: "told as a customer",
    LawfulBasis.LEGITIMATE_INTEREST: "interest weighed",
    LawfulBasis.NONE: "",
}
WHO_SEES_IT = (
    "Only the project manager, the account manager and delivery managers see answers, with the name; "
    "others of us see only how many are satisfied."
)

ERASED = "The follow-up ended because the contact was erased"


def rating(value: int) -> str:
    """Return "2, dissatisfied"."""
    return f"{value}, {RATING_WORDS[value].lower()}"


def choice(value: int) -> str:
    """Return "2 Dissatisfied", as a form and a button say it."""
    return f"{value} {RATING_WORDS[value]}"


def headline(found: Satisfaction) -> str:
    """Return "69 % satisfied, 74 of 107", or without a percentage where there are too few answers."""
    box = found.box
    if not box.answers:
        return "no answer yet"
    counted = f"{box.satisfied} of {box.answers}"
    return f"{counted} satisfied" if box.percent is None else f"{box.percent} % satisfied, {counted}"


def certainty(found: Satisfaction) -> str:
    """Return between which shares the true one probably lies; "" where there are too few answers."""
    interval = found.box.interval if found.box.percent is not None else None
    return f"95 % sure: between {span(interval)}" if interval else ""


def span(interval: Interval) -> str:
    """Return "60 and 77 %"."""
    return f"{round(100 * interval.lower)} and {round(100 * interval.upper)} %"


def response(found: Satisfaction) -> str:
    """Return "6 of 8 asked have answered, 75 %", without a percentage of few; "" where nobody was asked."""
    rate = found.rate
    if rate.percent is None:
        return ""
    told = f"{rate.completed} of {rate.delivered} asked have answered"
    return told if found.box.percent is None else f"{told}, {rate.percent} %"


def in_a_line(found: Satisfaction, latest: InvitationView | None, today: date) -> str:
    """Return all there is in a line, the newest answer last; "" where nobody was asked or answered."""
    told = [headline(found), response(found)]
    if not found.box.answers and not told[1]:
        return ""
    if latest is not None and latest.answer is not None:
        told.append(f"last *{rating(latest.answer.rating)}*, {near_day(latest.answer.answered_on, today)}")
    return " · ".join(filter(None, told))


def who_and_what(invitation: InvitationView) -> str:
    """Return "Robin Vale on Checkout", safe as mrkdwn."""
    return f"*{escape(invitation.contact_name)}* on {escape(invitation.about)}"


def carried(invitation: InvitationView) -> str:
    """Return what a button carries that records the answer to a question."""
    return f"{invitation.project_id}:{invitation.id}"


def answered(answer: AnswerView, today: date) -> str:
    """Return "*2, dissatisfied* · 14 Oct, written down by Dana", safe as mrkdwn."""
    told = [f"*{rating(answer.rating)}*", near_day(answer.answered_on, today)]
    if answer.recorded_by is not None:
        told.append(f"written down by {escape(answer.recorded_by.name)}")
    return " · ".join(told)


def sentence(answer: AnswerView) -> str:
    """Return what they said in quotes, safe as mrkdwn; "" where they said nothing."""
    return f"“{escape(answer.reason)}”" if answer.reason else ""


def asked(invitation: InvitationView, today: date) -> str:
    """Return "asked by mail 3 Oct, open until 17 Oct"; once it is over, "not answered by 17 Oct" or why."""
    how = "by mail " if invitation.way is Way.MAIL else ""
    told = f"asked {how}{near_day(invitation.asked_on, today)}"
    if invitation.state is InvitationState.DECLINED:
        return f"{told}, would rather not say"
    last = _last_day(invitation)
    if last is None:
        return told
    return f"{told}, {'not answered by' if last < today else 'open until'} {day(last, today)}"


def is_closed(invitation: InvitationView, today: date) -> bool:
    """Tell whether nobody answers the question any more: they would rather not, or its last day is over."""
    last = _last_day(invitation)
    return invitation.state is InvitationState.DECLINED or (last is not None and last < today)


def _last_day(invitation: InvitationView) -> date | None:
    """Return the last whole day on which it can be answered; None where it is open for good."""
    if invitation.closes_at is None:
        return None
    return (invitation.closes_at - timedelta(seconds=1)).astimezone(ZoneInfo(invitation.timezone)).date()


def occasion(trigger: SurveyTrigger) -> str:
    """Return why a client is to be asked now."""
    match trigger:
        case SurveyTrigger.MILESTONE:
            return "They have accepted it."
        case SurveyTrigger.PROJECT_END:
            return "The project is in Close."
        case _:
            return "It is time for the regular survey."


def loop(answer: AnswerView, now: datetime, you: PersonRef | None = None) -> str:
    """Return "Priya speaks with them by 16 Oct", to the minute if it is low; "" where nobody is to.

    To whoever it is up to, where they are the reader, it says "You speak with them".
    """
    if answer.loop is None or answer.owner is None:
        return ""
    who = escape(answer.owner.name)
    if answer.loop is LoopState.RESOLVED:
        return f"{who} has seen to it"
    if answer.loop is LoopState.ERASED:
        return ERASED
    if answer.loop is LoopState.CONTACTED and answer.contacted_by is not None:
        rest = "" if answer.contacted_by.id == answer.owner.id else f"; {who} sees to the rest"
        return f"{escape(answer.contacted_by.name)} has spoken with them, it isn't settled yet{rest}"
    is_you = you is not None and you.id == answer.owner.id
    who, speaks = ("You", "speak") if is_you else (who, "speaks")
    if answer.call_by is not None:
        by, is_late = f" by {moment(answer.call_by)}", answer.call_by < now
    elif answer.due_on is not None:
        by, is_late = f" by {day(answer.due_on, now.date())}", answer.due_on < now.date()
    else:
        by, is_late = "", False
    return f"*{who} should have spoken with them{by}*" if is_late else f"{who} {speaks} with them{by}"


def may_be_asked(contact: ContactView, today: date, trigger: SurveyTrigger = SurveyTrigger.BY_HAND) -> str:
    """Return whether we may ask them, and if not, why or from when."""
    match hindrance(contact.askable, trigger, today):
        case None:
            return "✓ may be asked"
        case Hindrance.OPTED_OUT:
            on = f" since {day(contact.opted_out_on, today)}" if contact.opted_out_on else ""
            return f"✗ doesn't want to be asked{on}"
        case Hindrance.NO_BASIS:
            return "✗ we may not ask them"
        case Hindrance.UNKNOWN_BASIS:
            return "? not clear yet whether we may ask"
        case Hindrance.ASKED_LATELY:
            free = free_on(contact.asked_on, trigger)
            return f"asked lately, again from {day(free, today)}" if free else "asked lately"


def basis(contact: ContactView, today: date) -> str:
    """Return why we may ask them, with where and since when that stands, safe as mrkdwn; "" if unknown."""
    if contact.basis is None:
        return ""
    when = f"on {day(contact.basis_on, today)}" if contact.basis_on else ""
    where = f"“{escape(contact.evidence)}”" if contact.evidence else ""
    why = " ".join(filter(None, [_WHY_WE_MAY[contact.basis], when]))
    return " · ".join(filter(None, [why, where, escape(contact.country)]))
