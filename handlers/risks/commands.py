"""What ``/risk …`` does, verb by verb."""

from contextlib import suppress
from datetime import date

from handlers.access import identify, person
from handlers.answers import Answer, CommandAnswer, OpenModal, UpdateModal, say
from handlers.asks import Ask, Submission
from handlers.blocks import actions, button, day, escape, shortened
from handlers.errors import words
from handlers.grammar import RISK, Takes, parse
from handlers.help import help_page
from handlers.ids import ActionId
from handlers.kit import Kit
from handlers.origins import here_and_now, origin, today
from handlers.projects.needs import Need
from handlers.projects.offers import offer
from handlers.projects.views import KEPT_LENGTH, may_become_project
from handlers.risks import almost, detail_views, lists, modals, moves, opening, reports, responses, views
from handlers.risks.finding import find
from handlers.risks.forms import RiskForm
from handlers.risks.line import RiskLine, out_of_place, read_line
from handlers.risks.words import headline
from handlers.typed.text import given_back, readable
from models.commands import TEXT_LENGTH, TITLE_LENGTH, RiskFields
from models.errors import Invalid
from models.read_models import Actor, ProjectView
from models.rules.risks.moves import RiskMove
from models.rules.sentences import ended
from models.services.standing import turn_of
from models.services.zones import today_of

NEED = Need("risk", "A risk", ActionId.RISK_NEW)
EXAMPLE = "Vendor API may slip p4 i3 @dana due fri"


def command(kit: Kit, ask: Ask, text: str) -> CommandAnswer:
    """Carry out ``/risk`` with whatever follows it."""
    parsed = parse(RISK, text)
    if parsed.verb is not None and parsed.verb.name == "help":
        return help_page(kit, ask, RISK, parsed.rest, EXAMPLE)
    actor = identify(kit, ask)
    if parsed.verb is None and (shown := almost.of_projects(kit, ask, actor, parsed.rest)) is not None:
        return shown
    if (asked := almost.command(kit, ask, actor, text, parsed)) is not None:
        return asked
    if parsed.verb is None or (not parsed.word and _is_levels_alone(parsed.rest, today(kit, actor))):
        return log_line(kit, ask, actor, text) if text.strip() else blank_form(kit, ask, actor)
    if not parsed.rest and parsed.verb.takes is Takes.REFERENCE and parsed.verb.name not in _ALONE:
        return say(f"Which one? Type `/risk {parsed.verb.usage}`.")
    rest = responses.with_strategy(parsed.word, parsed.rest)
    return _VERBS[parsed.verb.name](kit, ask, actor, rest)


def blank_form(kit: Kit, ask: Ask, actor: Actor, typed: str = "") -> CommandAnswer:
    """Open the modal where the channel has a project; elsewhere first ask which project it is about.

    ``typed`` is a line that says no more than "opportunity", or p4.
    """
    project = kit.projects.in_channel(actor, ask.channel_id) if ask.channel_id else None
    choices = kit.projects.choices(actor, project.id if project else None)
    if project is None and (not choices or may_become_project(ask.channel_id)):
        return offer(kit, ask, NEED, typed=typed, has_others=bool(choices))
    form = prefilled(typed, today(kit, actor), project, ask.channel_id)
    return OpenModal(modals.log_modal(form.opened() if typed else form, choices))


def prefilled(typed: str, today: date, project: ProjectView | None, channel_id: str | None) -> RiskForm:
    """Return the modal with what a typed line says already filled in; what is too long, behind More."""
    line = read_line(typed, today)
    is_long = len(line.title) > TITLE_LENGTH
    values = {
        "title": shortened(line.title, TITLE_LENGTH),
        "cause": shortened(line.title, TEXT_LENGTH) if is_long else None,
        "project": str(project.id) if project else None,
        "probability": str(line.probability or ""),
        "impact": str(line.impact or ""),
        "kind": line.kind,
        "owner": line.owner_slack_id,
        "due": line.due_on.isoformat() if line.due_on else None,
    }
    form = RiskForm(values=values, channel_id=channel_id, note=escape(readable(line.problem)))
    return form.opened() if is_long else form


def log_line(kit: Kit, ask: Ask, actor: Actor, text: str) -> CommandAnswer:
    """Log a risk from one line."""
    line = read_line(text, today(kit, actor))
    if not line.title and not line.problem:
        return blank_form(kit, ask, actor, text)
    if problem := _problem(line):
        return _not_logged(escape(problem), text)
    channel_id = line.channel_id or ask.channel_id
    project = kit.projects.in_channel(actor, channel_id) if channel_id else None
    if project is None:
        return offer(kit, ask, NEED, typed=text, has_others=bool(kit.projects.choices(actor)))
    try:
        fields = fields_of(kit, ask, line)
        risk = kit.risks.log(
            actor, project, fields, confirm_in=None, origin=origin(kit, ask), now=kit.clock()
        )
    except Invalid as invalid:
        return _not_logged(words(invalid), text)
    there = today_of(project, kit.clock())
    return views.logged(risk, project, turn_of(project.roles, there), there)


def _not_logged(why: str, text: str) -> Answer:
    form = button("Open the form", ActionId.RISK_NEW, text[:KEPT_LENGTH])
    return say(f"{why} Nothing was logged.{given_back(text)}", actions([form]))


def after_project(
    kit: Kit, sent: Submission, actor: Actor, project: ProjectView, typed: str
) -> str | UpdateModal:
    """Log the risk that waited for its project; where there is none that can be logged, open the modal."""
    line = read_line(typed, today(kit, actor))
    if typed and not _problem(line):
        came_from = origin(kit, sent, ":risk")
        # Where it can't be logged, the form below says why beside its field, with all of it filled in.
        with suppress(Invalid):
            fields = fields_of(kit, sent, line)
            risk = kit.risks.log(actor, project, fields, confirm_in=None, origin=came_from, now=kit.clock())
            return ended(f"Logged {headline(risk)}")
    started = prefilled(typed, today(kit, actor), project, project.internal_channel_id)
    choices = kit.projects.choices(actor, project.id)
    return UpdateModal(modals.log_modal(started.opened() if typed else started, choices))


def fields_of(kit: Kit, ask: Ask, line: RiskLine) -> RiskFields:
    """Turn a line into what the services take; an owner is looked up."""
    owner = person(kit, ask, line.owner_slack_id) if line.owner_slack_id else None
    return RiskFields(
        title=line.title,
        probability=line.probability,
        impact=line.impact,
        kind=line.kind,
        owner_id=owner.id if owner else None,
        due_on=line.due_on,
    )


def _problem(line: RiskLine) -> str:
    if line.problem:
        return line.problem
    if not line.title:
        return "Say in a few words what might happen."
    if len(line.title) > TITLE_LENGTH:
        return f"Use at most {TITLE_LENGTH} characters; this has {len(line.title)}."
    return ""


def _is_levels_alone(text: str, today: date) -> bool:
    """Tell whether it says p3 i3 and no more, which might also be read as issue 3 of a project P3."""
    line = read_line(text, today)
    return not line.title and None not in (line.probability, line.impact)


def _show(kit: Kit, ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
    found, _ = find(kit, ask, actor, rest)
    return detail_views.details(found, here_and_now(kit, actor))


def _edit(kit: Kit, ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
    found, more = find(kit, ask, actor, rest)
    return opening.editing(found, read_line(more, today(kit, actor)))


def _score(kit: Kit, ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
    found, more = find(kit, ask, actor, rest)
    risk = found.risk
    here = today(kit, actor)
    line = read_line(more, here)
    if not more:
        return opening.scoring(found)
    extra = out_of_place(line, "probability", "impact", "owner_slack_id", "due_on")
    if line.problem or extra or line.probability is None or line.impact is None:
        wrong = f"A score has no place for {extra}." if extra else "I need both how likely and how bad."
        usage = f"Type `/risk score {risk.reference} p4 i3 @dana due fri`."
        return say(
            f"{escape(line.problem or wrong)} Nothing was changed. {usage}{given_back(f'score {rest}')}"
        )
    owner = person(kit, ask, line.owner_slack_id) if line.owner_slack_id else risk.owner
    scored = kit.risks.score(
        actor,
        risk.id,
        line.probability,
        line.impact,
        owner.id if owner else None,
        line.due_on,
        version=risk.version,
        origin=origin(kit, ask),
        now=kit.clock(),
    )
    due = f", due {day(line.due_on, here)}" if line.due_on else ""
    return views.changed(scored, f"scored{due}" if owner else f"scored{due}, but it still needs an owner")


def _undo(kit: Kit, ask: Ask, actor: Actor, rest: str) -> CommandAnswer:
    now = kit.clock()
    risk_id = find(kit, ask, actor, rest)[0].risk.id if rest else kit.risks.just_logged(actor, now=now)
    if risk_id is None:
        return say(f"You logged no risk in the last hour. {_TOO_OLD}")
    risk = kit.risks.undoable(actor, risk_id, now=now)
    return views.UNDO.asked(risk.id, headline(risk))


_TOO_OLD = "Close an older one, and say why: `/risk close ACME-R12 …`."
_ALONE = frozenset({"undo"})
"""Verbs that need no name: what was logged last is meant."""
_VERBS = {
    "list": lists.typed,
    "matrix": reports.typed(reports.matrix, "matrix"),
    "burndown": reports.typed(reports.burn_down, "burndown"),
    "show": _show,
    "edit": _edit,
    "score": _score,
    "review": moves.review_typed,
    "respond": responses.respond_typed,
    "reassess": responses.reassess_typed,
    **{move.value: moves.typed(move) for move in RiskMove},
    "undo": _undo,
}
