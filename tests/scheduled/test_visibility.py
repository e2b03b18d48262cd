"""Who may see what: a confidential message goes to no channel in which an outsider can read."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from models.read_models import Profile
from models.rules.delivery import GRACE, MessageState, NoticeKind, Operation
from models.services.outbox.enqueue import Outgoing
from models.value import replace
from scheduled.notices import Occasion
from scheduled.outcomes import TIMING
from scheduled.ports import ChannelFacts, Method, NotSent, RateLimited, Refusal, Refused, Unclear
from scheduled.visibility import ONE_ANSWER_SERVES, PEOPLE_ASKED_AT_ONCE
from tests.conftest import SetClock
from tests.scheduled.fake_messenger import CHANNEL, failing
from tests.scheduled.office import PACE, Office

CONFIDENTIAL = NoticeKind.RISK_ANNOUNCED
MEMBER = Profile("U0SAM", "T0ACME", "Sam", "UTC")
GUEST = Profile("U0GUEST", "T0ACME", "Robin", "UTC", is_guest=True)
STRANGER = Profile("U0OTHER", "T0CLIENT", "Kim", "UTC")


@pytest.fixture
def office(office: Office) -> Office:
    """Return the office with people to ask about, and a notice that tells Dana instead."""

    def tell_dana(occasion: Occasion, refusal: Refusal) -> tuple[Outgoing, ...]:
        say = {"say": f"{occasion.channel_id}: {refusal.value}"}
        key = f"{occasion.ids['say']}:withheld"
        return (Outgoing(NoticeKind.RISK_WITHHELD, Operation.POST, "U0DANA", key, say),)

    office.notices[CONFIDENTIAL] = replace(office.notices[CONFIDENTIAL], instead=tell_dana)
    office.messenger.profiles = {person.slack_user_id: person for person in (MEMBER, GUEST, STRANGER)}
    return office


Outcome = ChannelFacts | Exception


def of(*members: str) -> ChannelFacts:
    """Return the facts of a channel of ours with these members."""
    return ChannelFacts(None, frozenset(members))


def in_turn(*outcomes: Outcome) -> Callable[[str], ChannelFacts]:
    """Return look-ups that end like this one after the other; the last one stays."""
    left = list(outcomes)

    def facts(_: str) -> ChannelFacts:
        outcome = left.pop(0) if len(left) > 1 else left[0]
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    return facts


def deliver(office: Office, clock: SetClock) -> None:
    """Run until what waits for a pause of seconds has been dealt with."""
    deliverer = office.deliverer()
    for _ in range(6):
        deliverer.run_once()
        clock.forward(timedelta(seconds=5))


def test_a_channel_of_our_own_people_sees_it(office: Office, clock: SetClock) -> None:
    office.messenger.facts = in_turn(of("U0SAM"))
    message = office.say("secret", kind=CONFIDENTIAL)
    deliver(office, clock)
    assert office.state(message) == (MessageState.SENT, None)


@pytest.mark.parametrize(
    ("outcome", "refusal"),
    [
        *((ChannelFacts(why), why) for why in Refusal),
        (of("U0SAM", "U0GUEST"), Refusal.GUEST),
        (of("U0SAM", "U0OTHER"), Refusal.GUEST),
        (Refused("user_not_found"), Refusal.LOOK_UP_FAILED),
        (Refused("channel_not_found", Refusal.CHANNEL_NOT_FOUND), Refusal.CHANNEL_NOT_FOUND),
    ],
)
@pytest.mark.parametrize("operation", [Operation.POST, Operation.REPLY, Operation.UPDATE])
def test_a_channel_that_must_not_see_it_does_not_and_somebody_is_told_why(
    office: Office, clock: SetClock, operation: Operation, outcome: Outcome, refusal: Refusal
) -> None:
    about = None
    if operation is not Operation.POST:
        about = office.say("harmless")
        deliver(office, clock)
        office.messenger.calls.clear()
    office.messenger.facts = in_turn(outcome)
    message = office.say("secret", operation, about=about, kind=CONFIDENTIAL)
    deliver(office, clock)
    assert office.state(message) == (MessageState.WITHHELD, refusal.value)
    assert [(call.where, call.text) for call in office.messenger.calls] == [
        ("U0DANA", f"{CHANNEL}: {refusal.value}")
    ]


@pytest.mark.parametrize("failure", [Unclear("time-out"), NotSent("down")])
def test_a_look_up_without_an_answer_is_made_again_ever_more_seldom(
    office: Office, clock: SetClock, failure: Exception
) -> None:
    office.messenger.facts = in_turn(*[failure] * 4, of("U0SAM"))
    message = office.say("secret", kind=CONFIDENTIAL)
    deliverer, pauses = office.deliverer(), []
    for _ in range(5):
        deliverer.run_once()
        pauses.append((office.message(message).next_try_at or clock()) - clock())
        clock.forward(pauses[-1])
    assert [pause.total_seconds() for pause in pauses[:4]] == [2, 4, 8, 16]
    assert office.state(message) == (MessageState.SENT, None)
    assert office.messenger.texts == ["secret"]


def test_a_channel_of_which_nothing_is_heard_until_the_end_gets_nothing_and_somebody_is_told(
    office: Office, clock: SetClock
) -> None:
    office.messenger.facts = in_turn(NotSent("down"))
    message = office.say("secret", kind=CONFIDENTIAL)
    deliverer = office.deliverer()
    deliverer.run_once()
    assert office.state(message)[0] is MessageState.PENDING
    clock.forward(GRACE - TIMING.first_pause)
    deliverer.run_once()
    deliverer.run_once()
    assert office.state(message) == (MessageState.WITHHELD, Refusal.LOOK_UP_FAILED.value)
    assert office.messenger.texts == [f"{CHANNEL}: look_up_failed"]


def test_a_limited_look_up_is_no_failure(office: Office, clock: SetClock) -> None:
    office.messenger.facts = in_turn(*[RateLimited(Method.LOOK_UP, 5) for _ in range(4)], of("U0SAM"))
    message = office.say("secret", kind=CONFIDENTIAL)
    deliver(office, clock)
    assert office.state(message) == (MessageState.SENT, None)


def test_one_look_serves_the_messages_of_ten_seconds(office: Office, clock: SetClock) -> None:
    office.messenger.facts = in_turn(of("U0SAM"), ChannelFacts(Refusal.EXTERNAL))
    messages = [office.say(text, kind=CONFIDENTIAL) for text in ("one", "two", "three")]
    deliverer = office.deliverer()
    deliverer.run_once()
    clock.forward(PACE)
    deliverer.run_once()
    clock.forward(ONE_ANSWER_SERVES - PACE)
    deliverer.run_once()
    assert [office.state(message)[0] for message in messages] == [
        MessageState.SENT,
        MessageState.SENT,
        MessageState.WITHHELD,
    ]
    assert office.messenger.looks == [CHANNEL, CHANNEL]


def test_a_refusal_on_sending_counts_as_one_on_looking(office: Office, clock: SetClock) -> None:
    office.messenger.facts = in_turn(of("U0SAM"))
    office.messenger.trouble = failing(Refused("not_in_channel", Refusal.NOT_IN_CHANNEL))
    message = office.say("secret", kind=CONFIDENTIAL)
    deliver(office, clock)
    assert office.state(message) == (MessageState.WITHHELD, "not_in_channel")
    assert office.messenger.texts == ["secret", f"{CHANNEL}: not_in_channel"]


def test_the_same_person_hears_once_that_something_was_withheld(office: Office, clock: SetClock) -> None:
    office.messenger.facts = in_turn(ChannelFacts(Refusal.EXTERNAL))
    for _ in range(2):
        office.say("secret", kind=CONFIDENTIAL)
    deliver(office, clock)
    assert office.messenger.texts == [f"{CHANNEL}: external"]


def test_members_that_are_known_are_not_asked_about_again(office: Office, clock: SetClock) -> None:
    office.messenger.facts = in_turn(of("U0SAM"))
    for text in ("one", "two"):
        office.say(text, kind=CONFIDENTIAL)
        deliver(office, clock)
    assert office.messenger.looks == [CHANNEL, CHANNEL]
    assert office.messenger.asked_about == ["U0SAM"]


def test_a_channel_of_many_strangers_is_asked_about_bit_by_bit(office: Office, clock: SetClock) -> None:
    people = [f"U{number:04}" for number in range(PEOPLE_ASKED_AT_ONCE + 5)]
    office.messenger.profiles = {person: Profile(person, "T0ACME", person, "UTC") for person in people}
    office.messenger.facts = in_turn(of(*people))
    message = office.say("secret", kind=CONFIDENTIAL)
    office.deliverer().run_once()
    assert len(office.messenger.asked_about) == PEOPLE_ASKED_AT_ONCE
    assert office.messenger.calls == []
    deliver(office, clock)
    assert sorted(office.messenger.asked_about) == people
    assert office.state(message) == (MessageState.SENT, None)


@pytest.mark.parametrize(
    ("channel", "operation", "recipient"),
    [("U0DANA", Operation.POST, None), (CHANNEL, Operation.EPHEMERAL, "U0SAM")],
)
def test_what_one_person_alone_sees_needs_no_look(
    office: Office, clock: SetClock, channel: str, operation: Operation, recipient: str | None
) -> None:
    office.messenger.facts = in_turn(ChannelFacts(Refusal.EXTERNAL))
    message = office.say("secret", operation, channel=channel, kind=CONFIDENTIAL, recipient=recipient)
    deliver(office, clock)
    assert office.messenger.looks == []
    assert office.state(message) == (MessageState.SENT, None)


def test_an_outsider_in_the_channel_does_not_keep_a_deletion_from_it(office: Office, clock: SetClock) -> None:
    office.messenger.facts = in_turn(of("U0SAM"), ChannelFacts(Refusal.EXTERNAL))
    post = office.say("secret", kind=CONFIDENTIAL)
    deliver(office, clock)
    deletion = office.say("", Operation.DELETE, about=post, kind=CONFIDENTIAL)
    deliver(office, clock)
    assert office.state(deletion) == (MessageState.SENT, None)
