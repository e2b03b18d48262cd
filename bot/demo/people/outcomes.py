"""What a gesture comes to."""

from models.value import Value

TROUBLE = "We had some trouble connecting. Try again?"


class Outcome(Value):
    """Whether the gesture went through.

    ``error`` is Slack's sentence for the person; it is None where they are told already, by Slackbot in the
    conversation or beside the inputs of the modal.
    """

    ok: bool
    error: str | None = None


GONE = Outcome(ok=False, error="That is no longer there.")
