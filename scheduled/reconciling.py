"""What is done about a message that may have arrived: it is looked for where it should be."""

from logging import getLogger

from models.rules.delivery import MessageState, Operation
from models.services.outbox.lanes import Claim
from models.services.outbox.outbox import Outbox
from models.services.outbox.turns import UNCLEAR, Verdict
from scheduled.outcomes import Outcomes
from scheduled.ports import Clock, Messenger, Method, NotSent, RateLimited, Refused, Unclear

log = getLogger(__name__)


class Reconciler:
    """Clears up what became of a message after a call of unknown fate."""

    def __init__(self, outbox: Outbox, outcomes: Outcomes, clock: Clock) -> None:
        """Take what it works with."""
        self._outbox = outbox
        self._outcomes = outcomes
        self._clock = clock

    def clear_up(self, claim: Claim, messenger: Messenger) -> None:
        """Look for the message: there, it is settled as sent; not there, it is sent again at its next turn.

        Its lane waits meanwhile, so that the order holds. Where nobody may look, a person has to: the
        message is given up rather than doubled.
        """
        now, message = self._clock(), claim.message
        if Method.FIND in claim.paused:
            self._outbox.defer(claim, until=claim.paused[Method.FIND])
            return
        thread = claim.about if message.operation in (Operation.REPLY, Operation.FILE) else None
        try:
            found = messenger.find(
                claim.channel_id, key=message.unique_key, since=message.first_tried_at or now, thread=thread
            )
        except RateLimited as limited:
            self._outcomes.pause(claim, limited, now)
        except (NotSent, Unclear) as failure:
            self._outcomes.retry(claim, f"could not be looked for: {failure}")
        except Refused as refused:
            why = f"{UNCLEAR}: {message.last_error or 'the process ended'}; not looked for: {refused.code}"
            self._outcomes.settle(claim, Verdict(MessageState.DEAD, why))
        except Exception:
            # A messenger that fails in a way of its own must not stop the others' messages.
            log.exception("could not look for message %d (%s)", message.id, message.kind.value)
            self._outcomes.retry(claim, "could not be looked for")
        else:
            log.info("message %d was in doubt: %s", message.id, "there" if found else "not there")
            if found is None:
                self._outbox.clear(claim, now=self._clock())
            else:
                self._outcomes.settle(claim, Verdict(MessageState.SENT, ""), found)
