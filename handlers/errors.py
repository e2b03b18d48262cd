"""Turns a refusal into words for the person: what is wrong, and what to do about it."""

from functools import singledispatch

from handlers.access import Unwelcome
from handlers.blocks import escape
from handlers.forms import Unreadable, is_identifier
from handlers.kit import DirectoryDown
from handlers.projects.needs import NoProject
from handlers.views.states import to_do, why_final, why_not
from models.errors import (
    AlreadyExists,
    Conflict,
    DatabaseBusy,
    DatabaseMoved,
    DrumbeatError,
    IncompleteTransition,
    Invalid,
    LastAdmin,
    NotAllowed,
    NotFound,
    RefusedTransition,
)
from models.rules.access import Capability
from models.rules.risks.states import Missing
from models.rules.sentences import listed

UNEXPECTED = (
    "Something went wrong on my side, and nothing was saved. Please try again. (For support: `{code}`)"
)
OUT_OF_REACH = (
    "I can't reach my records just now. Please try again in a minute; if you were saving something, look "
    "first whether it is there. (For support: `{code}`)"
)
"""A database that goes away in the midst of a commit doesn't say whether it has kept it."""

_CAPABILITY_WORDS = {
    Capability.SEE_PEOPLE: "show you who does what",
    Capability.GRANT_ROLE: "give or take roles",
    Capability.RUN_DOCTOR: "run the doctor",
    Capability.CREATE_PROJECT: "make a project",
    Capability.SEE_PROJECT: "show you that project",
    Capability.EDIT_PROJECT: "change this project",
    Capability.ARCHIVE_PROJECT: "archive or reopen this project",
    Capability.ASSIGN_ROLE: "say who does what on this project",
    Capability.MARK_COLLEAGUE: "mark guests as colleagues here",
    Capability.LOG_RISK: "log risks",
    Capability.SEE_RISK: "show you that risk",
    Capability.SEE_RESTRICTED_RISK: "show you that risk",
    Capability.EDIT_RISK: "change this risk",
    Capability.SCORE_RISK: "score this risk",
    Capability.REJECT_RISK: "say that this is not a risk",
    Capability.CLOSE_RISK: "close this risk",
    Capability.ACCEPT_RISK: "accept this risk",
    Capability.ESCALATE_RISK: "escalate this risk",
    Capability.MARK_RISK_HAPPENED: "say that it happened",
    Capability.REVIEW_RISK: "review this risk",
    Capability.REOPEN_RISK: "open it again",
    Capability.UNDO_RISK: "take this risk back",
    Capability.ACCEPT_GRAVE_RISK: "accept a risk this serious",
    Capability.RESPOND_TO_RISK: "say what is done about this risk",
    Capability.SEE_ACTION: "show you that action",
    Capability.SEE_RESTRICTED_ACTION: "show you that action",
    Capability.CHANGE_ACTION: "change that action",
    Capability.CHANGE_PHASE: "say which phase this project is in",
    Capability.CHANGE_MEASURE: "change this project's success measures",
    Capability.CHANGE_MILESTONE: "change this project's milestones",
    Capability.LOG_RAID_ITEM: "log that",
    Capability.SEE_RAID_ITEM: "show you that",
    Capability.SEE_RESTRICTED_RAID_ITEM: "show you that",
    Capability.EDIT_RAID_ITEM: "change this",
    Capability.SETTLE_RAID_ITEM: "say what became of this",
    Capability.ADD_RAID_ACTION: "ask somebody to do something about this",
    Capability.DECIDE: "decide this",
    Capability.UNDO_RAID_ITEM: "take this back",
    Capability.CHANGE_DELIVERABLE: "change this project's deliverables",
    Capability.LOG_MOOD: "log a client's mood",
    Capability.SEE_MOOD: "show you clients' moods",
    Capability.SEE_RESTRICTED_MOOD: "show you that reading",
    Capability.CHANGE_MOOD: "change what they logged",
    Capability.SEE_MOOD_ALERT: "show you that alert",
    Capability.TAKE_MOOD_ALERT: "call the client",
    Capability.SEE_SURVEYS: "show you what clients answered",
    Capability.SEE_ANSWERS: "show you single answers",
    Capability.KEEP_CONTACT: "change whom we ask",
    Capability.FORGET_CONTACT: "forget a client's contact",
    Capability.RECORD_ANSWER: "write down what a client answered",
    Capability.ASK_CLIENT: "ask the client how satisfied they are",
    Capability.CLOSE_LOOP: "see to that answer",
    Capability.ANSWER_SURVEY: "answer that",
    Capability.SUBMIT_STATUS: "post this project's status",
    Capability.SEE_STATUS: "show you that status",
    Capability.SEE_INSIDE_STATUS: "show you more of that status",
    Capability.SEE_AGENDA: "show you that agenda",
    Capability.ADD_TOPIC: "bring a topic",
    Capability.CHANGE_TOPIC: "change that topic",
    Capability.START_RETRO: "start a retrospective here",
    Capability.SEE_RETRO: "show you that retrospective",
    Capability.RUN_RETRO: "extend or close this retrospective",
    Capability.ADD_CARD: "add cards",
    Capability.SEE_RETRO_CARDS: "show you the cards",
    Capability.ADD_RETRO_ACTION: "add an action here",
    Capability.WRITE_MINUTES: "write the minutes",
    Capability.SEE_RITUAL: "show you that ritual",
    Capability.SWITCH_ON_RITUAL: "switch this on",
    Capability.CHANGE_RITUAL: "change this ritual",
    Capability.CHANGE_DAYS_OFF: "say which days are off",
}
_WHOM_TO_ASK = ("the project manager", "a delivery manager")
_WHOM_TO_ASK_FOR = {
    Capability.ACCEPT_GRAVE_RISK: ("a delivery manager",),
    Capability.GRANT_ROLE: ("an admin",),
    Capability.RUN_DOCTOR: ("an admin", "a delivery manager"),
}
"""Where a project manager could not help."""
_MISSING_WORDS = {
    Missing.PROBABILITY: "how likely it is",
    Missing.IMPACT: "how bad it would be",
    Missing.OWNER: "an owner",
    Missing.REASON: "a reason",
    Missing.STRATEGY: "what we'll do about it",
    Missing.DATED_ACTION: "an action with an owner and a date",
    Missing.DELIVERY_MANAGER: "a delivery manager's approval",
}


@singledispatch
def words(error: DrumbeatError | DirectoryDown) -> str:
    """Return the refusal as the person reads it, in mrkdwn without any user text."""
    raise TypeError(type(error))


@words.register
def _(error: DirectoryDown) -> str:  # noqa: ARG001 - dispatched on its type.
    return "Slack didn't tell me who you are just now, so nothing was saved. Please try again in a minute."


@words.register
def _(error: DatabaseBusy) -> str:  # noqa: ARG001 - dispatched on its type.
    return "I'm very busy just now, so nothing was saved. Please try again in a moment."


@words.register
def _(error: DatabaseMoved) -> str:  # noqa: ARG001 - as above.
    return "My records are not where they belong, so nothing was saved. Please tell whoever runs Drumbeat."


@words.register
def _(error: Unwelcome) -> str:  # noqa: ARG001 - dispatched on its type.
    return "Sorry, Drumbeat is for this workspace's own team. Tell your contact there, and they'll see to it."


@words.register
def _(error: Unreadable) -> str:  # noqa: ARG001 - dispatched on its type.
    return (
        "I can't read this any more, so nothing was saved: it may be older than I am. Type the command again."
    )


@words.register
def _(error: NoProject) -> str:  # noqa: ARG001 - dispatched on its type.
    return (
        "There is no project to log it for: all are archived, or none was made yet. `/project reopen ACME` "
        "brings one back; `/project create` in a channel makes a new one."
    )


@words.register
def _(error: NotFound) -> str:
    if is_identifier(error.name):
        # A button or a form named it, so it was there.
        return (
            f"That {error.what} isn't here any more. Somebody may have removed it, or you may not see it now."
        )
    # The name is what the person typed, so it is not repeated as markup.
    return f"I can't find that {error.what}. It may be in another project, or only for its own team."


@words.register
def _(error: NotAllowed) -> str:
    known = tuple(escape(name) for name in error.ask)
    whom = _any_of(known or _WHOM_TO_ASK_FOR.get(error.capability, _WHOM_TO_ASK))
    return f"Please ask {whom} to {_CAPABILITY_WORDS[error.capability]}; your role doesn't allow it."


@words.register
def _(error: Invalid) -> str:
    return " ".join(error.problems.values())


@words.register
def _(error: RefusedTransition) -> str:
    if not error.allowed:
        return why_final(error.current)
    instead = _any_of(tuple(to_do(status, error.current) for status in error.allowed))
    return f"{why_not(error.current, error.target)} What you can do: {instead}."


@words.register
def _(error: IncompleteTransition) -> str:
    missing = _all_of(tuple(_MISSING_WORDS[each] for each in error.missing))
    return f"Before you can {to_do(error.target)}, it needs {missing}."


@words.register
def _(error: Conflict) -> str:
    return f"{error.current.reference} changed while you looked at it. Open it again to see how it stands."


@words.register
def _(error: LastAdmin) -> str:  # noqa: ARG001 - dispatched on its type.
    return "Then nobody could give roles any more. Make somebody else an admin first."


@words.register
def _(error: AlreadyExists) -> str:
    if error.field == "key":
        return f"{error.value} is taken by another project. Choose another short name."
    return "This channel belongs to a project already. Type `/risk list` to see its risks."


def _any_of(names: tuple[str, ...]) -> str:
    return listed(names, "or")


def _all_of(names: tuple[str, ...]) -> str:
    return listed(names)
