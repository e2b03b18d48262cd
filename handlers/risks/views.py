"""What became of a risk, to whoever did it: logged, changed, reviewed, closed."""

from collections.abc import Iterator
from datetime import date

from handlers.answers import Answer, again
from handlers.blocks import (
    Element,
    actions,
    button,
    context,
    day,
    escape,
    section,
)
from handlers.ids import ActionId
from handlers.risks import words
from handlers.risks.move_words import (
    words_of,
)
from handlers.views import links
from handlers.views.taking_back import Undo
from models.read_models import LinkedRecord, ProjectView, RiskView, Turn
from models.rules.projects.turns import will_words
from models.rules.risks.moves import RiskMove
from models.rules.risks.scoring import ANNOUNCED_FROM
from models.rules.risks.states import RiskStatus
from models.rules.risks.words import GIVE_OWNER, Visibility

UNDO = Undo(ActionId.RISK_UNDO, ActionId.RISK_TAKE_BACK, ActionId.RISK_DETAILS)


def logged(risk: RiskView, project: ProjectView, turn: Turn, today: date) -> Answer:
    """Confirm a risk to whoever raised it; ``turn`` says who is to judge it."""
    first = f"✓ Logged {words.headline(risk)}"
    if risk.band is not None:
        first += f" · {words.severity(risk)} ({words.levels(risk)})"
    elif words.levels(risk):
        first += f" · {words.levels(risk)}, {words.not_said_yet(risk)}"
    is_asked = risk.status is RiskStatus.PROPOSED and turn.includes(risk.raised_by)
    own = [judging_button(risk)] if is_asked else []
    blocks = (
        section(f"{first}\n{_what_follows(risk, turn, today)}"),
        *map(context, _who_reads_it(risk, project)),
        actions([*own, button("Edit", ActionId.RISK_EDIT, str(risk.id)), UNDO.button(risk.id)]),
    )
    return Answer(text=f"Logged {risk.reference}.", blocks=blocks, again=shown_again(risk))


def _what_follows(risk: RiskView, turn: Turn, today: date) -> str:
    """Return who sees to it, and until when."""
    due = f" Due {day(risk.due_on, today)}." if risk.due_on else ""
    if risk.status is RiskStatus.PROPOSED:
        owned = f"{words.owner(risk)}. " if risk.owner else ""
        return f"{owned}{_who_judges(risk, turn, today)}{due}"
    return f"{words.owner(risk)}.{due}"


def _who_reads_it(risk: RiskView, project: ProjectView) -> Iterator[str]:
    if risk.visibility is Visibility.RESTRICTED:
        yield "Only the project's leads, its owner and you can see it."
    elif risk.band is not None and risk.band.rank >= ANNOUNCED_FROM.rank:
        channel = f"<#{project.internal_channel_id}>"
        yield f"I announce it in {channel}; if a guest or client reads there, I tell only its leads."


def _who_judges(risk: RiskView, turn: Turn, today: date) -> str:
    if turn.includes(risk.raised_by):
        if risk.lacks_owner:
            return "It waits for an owner."
        wanted = "how likely and how bad" if risk.owner else "how likely, how bad, and who owns it"
        return f"It is yours to score: {wanted}?"
    asked = [escape(person.name) for person in turn.asked]
    absent = [escape(holder.person.name) for holder in turn.absent]
    until = day(turn.until, today) if turn.until else ""
    task = "score it" if risk.band is None else "see to it"
    return f"{will_words(asked, absent, until, task)}, and you'll hear what became of it."


def judging_button(risk: RiskView) -> Element:
    """Return the button that opens what a proposed risk waits for."""
    label = GIVE_OWNER if risk.lacks_owner else "Score"
    return button(label, ActionId.RISK_SCORE, str(risk.id), style="primary")


def closed(risk: RiskView) -> Answer:
    """Confirm that a risk was closed, and offer to take that back."""
    return changed(risk, words_of(RiskMove.CLOSE, risk.kind).done, (), closing_undone(risk))


def closing_undone(risk: RiskView) -> Element:
    """Return the button that takes it back that a risk was closed."""
    return button("Undo", ActionId.RISK_REOPEN, str(risk.id))


def changed(risk: RiskView, what: str, led_to: tuple[LinkedRecord, ...] = (), *buttons: Element) -> Answer:
    """Confirm a change made in words, and which other record it led to."""
    known = words.severity(risk) if risk.band or risk.is_live else ""
    text = line_of(f"✓ {words.headline(risk)}", known, what)
    more = actions([button("Details", ActionId.RISK_DETAILS, str(risk.id)), *buttons])
    blocks = (section(text), *links.led_to(led_to), more)
    return Answer(text=f"{risk.reference}: {what}", blocks=blocks, title=str(risk.reference))


def reviewed(risk: RiskView, today: date) -> Answer:
    """Confirm that somebody looked at a risk and found all of it right."""
    return changed(risk, f"reviewed · {words.when(risk, today)}")


def shown_again(risk: RiskView) -> str:
    """Return how an answer about a risk is drawn anew: as the risk is then."""
    return again(ActionId.RISK_DETAILS, risk.id)


def line_of(*parts: str) -> str:
    """Return what there is to say in one line, with a capital at its beginning."""
    line = " · ".join(filter(None, parts))
    return line[:1].upper() + line[1:]
