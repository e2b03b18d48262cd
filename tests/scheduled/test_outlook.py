"""What comes next: the first message that may go out, once it is due and its channel has rested."""

from datetime import datetime, timedelta

from sqlalchemy import update

from models.rules.delivery import MessageState
from models.services.outlook import Outlook, Prospect
from models.tables import outbox_messages
from tests.conftest import NINE, SetClock
from tests.scheduled.office import PACE, Office


def put_off(office: Office, message: int, until: datetime) -> None:
    with office.database.write() as session:
        session.execute(update(outbox_messages).where(outbox_messages.c.id == message).values(due_at=until))


def test_it_is_the_first_message_of_any_channel_and_waits_for_its_channel(
    office: Office, clock: SetClock
) -> None:
    outlook = Outlook(office.database, {})
    assert outlook.look(NINE) == Prospect()
    tomorrow, later = NINE + timedelta(days=1), NINE + timedelta(days=2)
    put_off(office, office.say("later", channel="C1"), later)
    put_off(office, office.say("tomorrow", channel="C2"), tomorrow)
    assert outlook.look(NINE) == Prospect(tomorrow, tomorrow)

    now, second = office.say("now"), office.say("a moment later")
    assert outlook.look(NINE) == Prospect(NINE, tomorrow)
    office.deliverer().run_once()
    assert office.state(now)[0] is MessageState.SENT
    assert outlook.look(NINE) == Prospect(NINE + PACE, tomorrow), "the channel rests"
    clock.forward(PACE)
    office.deliverer().run_once()
    assert office.state(second)[0] is MessageState.SENT
    assert outlook.look(clock()) == Prospect(tomorrow, tomorrow), "what was sent comes never again"
    for instant in (tomorrow, later):
        clock.now = instant
        office.deliverer().run_once()
    assert outlook.look(clock()) == Prospect()
