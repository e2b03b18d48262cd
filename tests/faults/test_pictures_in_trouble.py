"""Pictures while Slack is in trouble: made again where nobody has seen them, else looked for first."""

from datetime import timedelta

import pytest

from bot.demo.api.faults import FaultKind
from models.rules.delivery import MessageState, Operation
from models.tables import outbox_messages
from tests.faults.test_slack_in_trouble import hurried, trouble
from tests.scenarios.records import Row, rows
from tests.scenarios.studio import Studio

pytestmark = pytest.mark.parametrize("morning", ["sqlite"], indirect=True)
EARLIER = ("conversations.open", "files.getUploadURLExternal", "upload")
"""What comes before anybody can see anything."""
LAST = "files.completeUploadExternal"


def newest(company: Studio) -> Row:
    """Return the outbox's row of the last picture."""
    found = rows(company.application.database, outbox_messages)
    return max((row for row in found if row["operation"] is Operation.FILE), key=lambda row: int(row["id"]))


def shown(company: Studio) -> int:
    """Count the pictures in Sam's direct messages, which bring one file each."""
    return sum(len(message.file_ids) for message in company.messages("sam", "drumbeat"))


def test_what_nobody_has_seen_is_made_again(company: Studio) -> None:
    for number, call in enumerate(EARLIER, start=1):
        trouble(company, call, FaultKind.RATE_LIMITED, FaultKind.SERVER_ERROR, FaultKind.LOST_REPLY)
        company.type("sam", "acme", "/risk matrix")
        assert shown(company) == number - 1
        for _ in range(6):
            company.clock.forward(timedelta(minutes=2))
            company.deliver()
        assert (newest(company)["state"], shown(company)) == (MessageState.SENT, number)


def test_a_picture_whose_fate_is_unknown_is_looked_for_and_is_there_once(company: Studio) -> None:
    for count, kind in enumerate(
        (FaultKind.SERVER_ERROR, FaultKind.NO_REPLY, FaultKind.LOST_REPLY, FaultKind.TIMEOUT), start=1
    ):
        trouble(company, LAST, kind)
        with hurried(company):
            company.type("sam", "acme", "/risk matrix")
        assert newest(company)["state"] is MessageState.SENDING
        company.clock.forward(timedelta(seconds=10))
        company.deliver()
        assert (newest(company)["state"], shown(company)) == (MessageState.SENT, count)


def test_a_rate_limit_at_the_end_only_delays_it(company: Studio) -> None:
    trouble(company, LAST, FaultKind.RATE_LIMITED, retry_after=60)
    company.type("sam", "acme", "/risk matrix")
    assert (newest(company)["state"], shown(company)) == (MessageState.PENDING, 0)
    company.clock.forward(timedelta(seconds=60))
    company.deliver()
    assert (newest(company)["state"], shown(company)) == (MessageState.SENT, 1)
