"""What people read while Slack does not confirm who we are, and nothing gets as far as its listener."""

from slack_bolt import BoltRequest, BoltResponse

from handlers.answers import say
from handlers.edge.payloads import Kind, kind_of
from handlers.edge.telling import answer_in_words
from handlers.kit import Kit
from handlers.typed.text import read_text, worth_keeping

TRY_AGAIN = (
    "Drumbeat cannot reach Slack properly just now, so nothing was saved. Try again in a minute; "
    "if that does not help, tell whoever runs Drumbeat."
)


def answer_unconfirmed(kit: Kit, request: BoltRequest) -> BoltResponse:
    """Say so where the person is, with what they typed; an event is refused, and comes again."""
    if kind_of(request.body) is Kind.EVENT:
        return BoltResponse(status=500)
    typed = read_text(str(request.body.get("text") or ""))
    answer_in_words(kit, request, say(f"{TRY_AGAIN}{worth_keeping(typed)}"))
    return request.context.ack.response or BoltResponse(status=200)
