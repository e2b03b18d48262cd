"""What is told instead where a channel must not read of a risk, to whom, and how often."""

import pytest

from models.rules.delivery import NoticeKind
from models.value import replace
from scheduled.ports import Refusal
from tests.scheduled.drawing import NOTICES, drawn, labels
from tests.scheduled.fake_messenger import CHANNEL, said
from tests.scheduled.fake_readings import (
    MANAGER,
    RISK,
    SAM,
    FakeReadings,
)
from tests.scheduled.occasions import occasion

OUTSIDERS = (
    "Please tell those who should know. I announce risks only where nobody from outside can read along."
)


@pytest.mark.parametrize(
    ("refusal", "text"),
    [
        (
            Refusal.EXTERNAL,
            f"the channel is shared with another company.\n{OUTSIDERS}",
        ),
        (
            Refusal.PENDING_EXTERNAL,
            f"another company has been invited to the channel.\n{OUTSIDERS}",
        ),
        (
            Refusal.GUEST,
            f"there are guests in the channel.\n{OUTSIDERS}",
        ),
        (
            Refusal.LOOK_UP_FAILED,
            (
                "Slack did not tell me who can read the channel.\n"
                "Please tell those who should know. I will try again with the next risk."
            ),
        ),
        (
            Refusal.NOT_IN_CHANNEL,
            (
                "I am not a member of the channel.\n"
                "To have risks announced there, type `/invite @Drumbeat` in the channel."
            ),
        ),
        (
            Refusal.CHANNEL_NOT_FOUND,
            (
                "I cannot see the channel. It may be private, or gone.\n"
                "To have risks announced there, type `/invite @Drumbeat` in the channel."
            ),
        ),
        (
            Refusal.ARCHIVED,
            "the channel is archived.\nUnarchive the channel to have risks announced there again.",
        ),
    ],
)
def test_what_was_withheld_is_told_with_the_reason_and_what_to_do(refusal: Refusal, text: str) -> None:
    where = occasion(NoticeKind.RISK_WITHHELD, FakeReadings(RISK), channel_id="C0ACME", refusal=refusal.value)
    post = drawn(NoticeKind.RISK_WITHHELD, where)
    first = (
        "⚠️ *ACME-R12 Vendor API may slip* · High 12 (likely 4 × impact 3)\nI did not post it in <#C0ACME>: "
    )
    assert said(post) == first + text
    assert labels(post) == ["Details"]


def test_the_leads_and_the_raiser_are_told_each_once_instead_of_the_channel() -> None:
    owner = replace(MANAGER, person=SAM)
    readings = FakeReadings(RISK, roles=(MANAGER, replace(MANAGER, is_deputy=True), owner))
    where = occasion(NoticeKind.RISK_ANNOUNCED, readings)
    told = NOTICES[NoticeKind.RISK_ANNOUNCED].instead(where, Refusal.GUEST)
    assert [message.channel_id for message in told] == ["U0DANA", "U0SAM"]
    assert {message.kind for message in told} == {NoticeKind.RISK_WITHHELD}
    assert told[0].unique_key == f"risk:{RISK.id}:withheld:{CHANNEL}:U0DANA"
    assert told[0].ids == {
        "risk_id": str(RISK.id),
        "version": 1,
        "channel_id": CHANNEL,
        "refusal": "guest",
    }
