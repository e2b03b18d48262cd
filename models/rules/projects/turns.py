"""Whose turn it is to do what a project's leads do, in words: who is away, and who stands in."""

from collections.abc import Sequence

from models.rules.sentences import listed

NOBODY = "nobody manages it"


def turn_words(asked: Sequence[str], absent: Sequence[str], until: str) -> str:
    """Return whose turn it is: "Dana", or "Dana is away until 19 Oct, Lee stands in"."""
    here = listed(asked)
    if not absent:
        return here or NOBODY
    stands_in = f"{here} stand{'' if len(asked) > 1 else 's'} in" if asked else "nobody stands in"
    return f"{listed(absent)} {'are' if len(absent) > 1 else 'is'} away until {until}, {stands_in}"


def will_words(asked: Sequence[str], absent: Sequence[str], until: str, task: str) -> str:
    """Return who will do it: "Dana will score it", "Lee will score it while Dana is away"."""
    away = f"{listed(absent)} {'are' if len(absent) > 1 else 'is'} away"
    if asked:
        return f"{listed(asked, 'or')} will {task}" + (f" while {away}" if absent else "")
    return f"{away} until {until} and will {task} then" if absent else f"A delivery manager will {task}"
