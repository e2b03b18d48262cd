"""What the modals ask, kind by kind, and how each move reads: in a menu, in its modal, in the answer."""

from models.rules.raid.states import RaidMove
from models.rules.raid.words import Direction, RaidKind
from models.value import Value


class Questions(Value):
    """What the modal that logs or changes a record of one kind asks."""

    title: str
    example: str
    owner: str
    due: str
    details: str


QUESTIONS = {
    RaidKind.ISSUE: Questions(
        "What has happened?", "Staging is down", "Who sees to it?", "Due", "What do we know about it?"
    ),
    RaidKind.ASSUMPTION: Questions(
        "What do we believe?",
        "Acme delivers the texts by May",
        "Who finds out?",
        "Check by",
        "What hangs on it?",
    ),
    RaidKind.DEPENDENCY: Questions(
        "What is it?", "Sandbox keys", "Who of us sees to it?", "Needed by", "What hangs on it?"
    ),
    RaidKind.DECISION: Questions(
        "What is to be decided?",
        "Drop single sign-on from the first version?",
        "Who decides?",
        "Decide by",
        "What speaks for what?",
    ),
}
WAY_WORDS = {Direction.GET: "We get it", Direction.GIVE: "We give it"}
PARTY_QUESTIONS = {Direction.GET: "From whom?", Direction.GIVE: "To whom?"}


class RaidMoveWords(Value):
    """One move in words. ``title`` takes the record's reference."""

    label: str
    title: str
    question: str
    placeholder: str
    submit: str
    done: str
    is_optional: bool = False


MOVE_WORDS = {
    RaidMove.RESOLVE: RaidMoveWords(
        "Resolve", "Resolve {}", "What solved it?", "Restarted the cluster", "Resolve it", "resolved"
    ),
    RaidMove.CONFIRM: RaidMoveWords(
        "It holds", "{} holds", "How do we know?", "It stands in the contract", "It holds", "confirmed"
    ),
    RaidMove.DOUBT: RaidMoveWords(
        "Doubtful", "Doubt {}", "What makes you doubt it?", "Nobody answers", "It is doubtful", "doubtful"
    ),
    RaidMove.WRONG: RaidMoveWords(
        "It is wrong", "{} is wrong", "What turned out?", "The texts come in June", "It is wrong", "wrong"
    ),
    RaidMove.MET: RaidMoveWords(
        "It came",
        "{} came",
        "Anything to say about it?",
        "Two days late, but complete",
        "It came",
        "done",
        is_optional=True,
    ),
    RaidMove.MISSED: RaidMoveWords(
        "It was missed",
        "{} was missed",
        "What became of it?",
        "Now promised for May",
        "It was missed",
        "missed",
    ),
    RaidMove.DECIDE: RaidMoveWords(
        "Write it down", "Decision {}", "What was decided?", "Yes, drop it", "Decide", "decided"
    ),
    RaidMove.DROP: RaidMoveWords(
        "Not needed any more", "Drop {}", "Why not?", "A double of ACME-I2", "Drop it", "not needed any more"
    ),
    RaidMove.REOPEN: RaidMoveWords(
        "Open it again", "Reopen {}", "Why again?", "It is down once more", "Open it again", "open again"
    ),
}
