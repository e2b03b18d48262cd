"""What the tests of delivery begin with: a post that was sent, a message of each sort in the queue."""

from models.rules.delivery import MessageState, Operation
from tests.conftest import SetClock
from tests.scheduled.office import PACE, Office

SENT = (MessageState.SENT, None)
REPEATABLE = (Operation.UPDATE, Operation.DELETE)
ONCE = (Operation.POST, Operation.REPLY, Operation.EPHEMERAL, Operation.FILE)


def sent_post(office: Office, clock: SetClock) -> int:
    """Send a first post and wait until its channel takes another."""
    post = office.say("first")
    office.deliverer().run_once()
    clock.forward(PACE)
    office.messenger.calls.clear()
    return post


def queued(office: Office, clock: SetClock, operation: Operation) -> int:
    """Enqueue a message of that operation, with what it is about sent already."""
    stands_alone = operation in (Operation.POST, Operation.EPHEMERAL, Operation.FILE)
    about = None if stands_alone else sent_post(office, clock)
    recipient = "U0SAM" if operation is Operation.EPHEMERAL else None
    return office.say("second", operation, about=about, recipient=recipient)
