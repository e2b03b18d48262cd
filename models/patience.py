"""For how long Postgres may take."""

from models.value import Value


class Patience(Value):
    """For how many seconds anything may take before it is given up."""

    statement: float
    """One statement; the server then stops it and keeps the connection."""
    silence: float
    """A server that should have stopped it by now, and says nothing: the connection is given up."""
    connecting: int


ANSWERING = Patience(statement=2.0, silence=2.4, connecting=2)
"""For what somebody waits for: Slack gives an answer three seconds. SQLite's writers wait for less."""
UNHURRIED = Patience(statement=60.0, silence=75.0, connecting=5)
"""For what nobody waits for."""
