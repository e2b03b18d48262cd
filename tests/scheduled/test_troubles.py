"""Whoever a broken channel concerns hears what to do: once for a trouble, until it is mended."""

import pytest

from models.commands import NewProject
from models.read_models import Actor, Origin, Profile
from models.rules.delivery import GRACE, MessageState, NoticeKind, Operation, Trouble, trouble_of
from models.services.projects.catalogue import Projects
from scheduled.notices.channel_trouble import NOTICE
from scheduled.outcomes import TIMING
from scheduled.ports import MessengerError, NotSent, Refused, Unclear
from scheduled.posts import Post
from tests.conftest import SetClock
from tests.scheduled.fake_messenger import CHANNEL, Call, failing, said
from tests.scheduled.fake_readings import FakeReadings
from tests.scheduled.occasions import occasion
from tests.scheduled.office import PACE, Office

DANA = "U0DANA"


@pytest.fixture
def office(office: Office, clock: SetClock) -> Office:
    """Return the office with Dana's project, whose channel it is."""
    dana = office.people.remember(
        office.workspace_id, "T0ACME", Profile(DANA, "T0ACME", "Dana", "UTC"), now=clock()
    )
    _make_project(office, dana, clock)
    office.notices[NoticeKind.CHANNEL_TROUBLE] = NOTICE
    return office


def _make_project(office: Office, dana: Actor, clock: SetClock) -> None:
    new = NewProject(
        client_name="Acme", name="Acme web", key="ACME", internal_channel_id=CHANNEL, timezone="UTC"
    )
    Projects(office.database).create(dana, new, origin=Origin("c0ffee"), now=clock())


def told(office: Office) -> list[tuple[str, str]]:
    """Return who was told of which trouble, in order."""
    office.deliverer().run_once()
    return [(each.where, each.key or "") for each in office.messenger.calls if each.where.startswith("U")]


def broken(office: Office, *errors: MessengerError | None) -> None:
    """Let the next posts in the channel go wrong like this, and everything else succeed."""
    left = failing(*errors)

    def trouble(call: Call) -> None:
        if call.where == CHANNEL:
            left(call)

    office.messenger.trouble = trouble


def say(office: Office, clock: SetClock, text: str) -> int:
    """Say something in the channel, and see it dealt with."""
    clock.forward(PACE)
    message = office.say(text)
    office.deliverer().run_once()
    return message


def test_the_manager_is_told_once_until_something_arrives_again(office: Office, clock: SetClock) -> None:
    broken(office, *[Refused("not_in_channel")] * 3, Refused("is_archived"), None, Refused("not_in_channel"))
    first, _, _ = (say(office, clock, text) for text in ("one", "two", "three"))
    assert office.state(first) == (MessageState.DEAD, "refused: not_in_channel")
    assert told(office) == [(DANA, f"trouble:{CHANNEL}:not_in_channel:0:{DANA}")]
    say(office, clock, "another trouble")
    assert told(office)[1:] == [(DANA, f"trouble:{CHANNEL}:archived:0:{DANA}")]
    mended = say(office, clock, "mended")
    say(office, clock, "broken again")
    clock.forward(PACE)
    assert told(office)[2:] == [(DANA, f"trouble:{CHANNEL}:not_in_channel:{mended}:{DANA}")]


def test_what_expired_and_what_nobody_may_look_for_is_told_too(office: Office, clock: SetClock) -> None:
    broken(office, NotSent("token_revoked"))
    say(office, clock, "expired")
    clock.forward(GRACE)
    office.deliverer().run_once()
    broken(office, Unclear("lost"))
    say(office, clock, "unclear")
    office.messenger.hidden = Refused("missing_scope")
    clock.forward(TIMING.settles_within)
    office.deliverer().run_once()
    clock.forward(PACE)
    keys = [f"trouble:{CHANNEL}:{each}:0:{DANA}" for each in ("expired", "unclear")]
    assert told(office) == [(DANA, key) for key in keys]


def test_nobody_is_told_of_a_broken_direct_message_or_a_change_that_failed(
    office: Office, clock: SetClock
) -> None:
    post = say(office, clock, "post")
    office.messenger.trouble = failing(Refused("message_not_found"), Refused("user_not_found"))
    clock.forward(PACE)
    office.say("changed", Operation.UPDATE, about=post)
    office.deliverer().run_once()
    office.say("to Sam", channel="U0SAM")
    office.deliverer().run_once()
    assert [each.what for each in office.messenger.calls] == [
        Operation.POST,
        Operation.UPDATE,
        Operation.POST,
    ]


def test_a_trouble_in_one_channel_holds_up_no_other(office: Office, clock: SetClock) -> None:
    broken(office, Refused("channel_not_found"))
    say(office, clock, "here")
    fine = office.say("there", channel="C0OTHER")
    office.deliverer().run_once()
    assert office.state(fine) == (MessageState.SENT, None)


@pytest.mark.parametrize(
    ("why", "trouble"),
    [
        ("refused: not_in_channel", Trouble.NOT_IN_CHANNEL),
        ("channel_not_found", Trouble.CHANNEL_NOT_FOUND),
        ("refused: is_archived", Trouble.ARCHIVED),
        ("refused: restricted_action_read_only_channel", Trouble.RESTRICTED),
        ("unclear: ReplyLost; not looked for: not_in_channel", Trouble.UNCLEAR),
        ("expired: token_revoked", Trouble.EXPIRED),
        ("refused: msg_too_long", Trouble.OTHER),
        ("could not be drawn", Trouble.OTHER),
    ],
)
def test_the_reason_tells_the_trouble(why: str, trouble: Trouble) -> None:
    assert trouble_of(why) is trouble


@pytest.mark.parametrize(
    ("trouble", "do"),
    [
        (Trouble.NOT_IN_CHANNEL, "Type `/invite @Drumbeat` in the channel."),
        (Trouble.CHANNEL_NOT_FOUND, "Type `/invite @Drumbeat` in the channel."),
        (Trouble.ARCHIVED, "Unarchive it in Slack"),
        (Trouble.RESTRICTED, "*Posting permissions*"),
        (Trouble.UNCLEAR, "Please look into <#C0ACME>"),
        (Trouble.EXPIRED, "Please tell those who should know."),
        (Trouble.OTHER, "drumbeat doctor"),
    ],
)
def test_the_message_says_what_to_do(trouble: Trouble, do: str) -> None:
    kind, readings = NoticeKind.CHANNEL_TROUBLE, FakeReadings(None)
    drawn = NOTICE.render(
        occasion(kind, readings, channel_id=CHANNEL, trouble=trouble.value, why="lost_somewhere")
    )
    assert isinstance(drawn, Post)
    assert do in said(drawn)
    assert "<#C0ACME>" in said(drawn)
    has_reason = trouble in {Trouble.UNCLEAR, Trouble.EXPIRED, Trouble.OTHER}
    assert ("lost_somewhere" in said(drawn)) is has_reason
