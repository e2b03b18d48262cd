"""The form behind *I'm away*: until when, and who stands in."""

from collections.abc import Mapping
from datetime import date

from handlers.blocks import Block, context, day, escape, modal, plain, section
from handlers.callback_ids import CallbackId
from handlers.inputs import date_picker, field
from models.read_models import PersonalSettings, StandIns
from models.rules.sentences import listed

_NOBODY = "nobody yet: `/project team add @somebody deputy`"


def away_form(until: date, stand_ins: Mapping[str, StandIns]) -> Block:
    """Return the form, with who stands in on each project that the person manages."""
    picker = date_picker("away_until", placeholder="The last day", chosen=until)
    blocks = [
        field("away_until", "Away until", picker, optional=False, hint="The last day of it."),
        *([section(standing_in(stand_ins))] if stand_ins else []),
        context(
            "News waits until then: your first morning back tells of it in one message. Back sooner? "
            "`/drumbeat settings back`."
        ),
    ]
    return modal(CallbackId.MORNING_AWAY, "I'm away", blocks, submit="Save", metadata="")


def gone(settings: PersonalSettings, today: date) -> Block:
    """Return what the form says once it is saved."""
    last = f" until {day(settings.away_until, today)}" if settings.away_until else ""
    blocks = [section(f"✓ You're away{last}. Nobody waits for you until then.")]
    return {"type": "modal", "title": plain("Done"), "close": plain("Close"), "blocks": blocks}


def standing_in(stand_ins: Mapping[str, StandIns]) -> str:
    """Return who stands in on each project that somebody manages, or how to name somebody."""
    lines = [f"*{key}* · {_named(found)}" for key, found in stand_ins.items()]
    return "\n".join(["*Who stands in for you*", *lines])


def _named(found: StandIns) -> str:
    names = listed([*map(escape, found.names)], "or")
    if not names or found.may_submit:
        return names or _NOBODY
    return f"{names}; for its status {_NOBODY}"
