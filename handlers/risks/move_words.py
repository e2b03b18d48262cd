"""How each move reads: in a menu, in its modal, and in the answer once it is made."""

from models.rules.risks.moves import RiskMove
from models.rules.risks.words import RiskKind
from models.value import Value, replace


class MoveWords(Value):
    """One move in words. ``title`` takes the risk's reference."""

    label: str
    title: str
    question: str
    placeholder: str
    submit: str
    done: str
    hint: str = ""
    is_reason_optional: bool = True


MOVE_WORDS = {
    RiskMove.ACCEPT: MoveWords(
        label="Accept it",
        title="Accept {}",
        question="Why do we live with it?",
        placeholder="Cheaper than any way around it",
        submit="Accept it",
        done="accepted",
        hint="High and critical ones need a delivery manager.",
    ),
    RiskMove.ESCALATE: MoveWords(
        label="Escalate",
        title="Escalate {}",
        question="What do you need from above?",
        placeholder="The vendor answers only to their own director",
        submit="Escalate",
        done="escalated",
        is_reason_optional=False,
    ),
    RiskMove.HAPPENED: MoveWords(
        label="It happened",
        title="{} happened",
        question="What happened?",
        placeholder="The certificates expired this morning",
        submit="It happened",
        done="happened",
        hint="It becomes an issue, which somebody sees to.",
    ),
    RiskMove.REOPEN: MoveWords(
        label="Open it again",
        title="Reopen {}",
        question="Why again?",
        placeholder="The vendor moved the date once more",
        submit="Open it again",
        done="open again",
        is_reason_optional=False,
    ),
    RiskMove.CLOSE: MoveWords(
        label="Close the risk",
        title="Close {}",
        question="Why is it over?",
        placeholder="Vendor shipped on time",
        submit="Close it",
        done="closed",
        is_reason_optional=False,
    ),
    RiskMove.REJECT: MoveWords(
        label="Not a risk",
        title="Not a risk: {}",
        question="Why not?",
        placeholder="Covered by the support contract",
        submit="Not a risk",
        done="not a risk",
        hint="Whoever raised it will read this.",
    ),
}
_OF_OPPORTUNITIES = {
    RiskMove.HAPPENED: replace(MOVE_WORDS[RiskMove.HAPPENED], placeholder="They asked us to begin", hint=""),
    RiskMove.CLOSE: replace(MOVE_WORDS[RiskMove.CLOSE], label="Close the opportunity"),
    RiskMove.REJECT: replace(
        MOVE_WORDS[RiskMove.REJECT],
        label="Not an opportunity",
        title="No opportunity: {}",
        placeholder="They have decided for another supplier",
        submit="Not an opportunity",
        done="not an opportunity",
    ),
}


def words_of(move: RiskMove, kind: RiskKind) -> MoveWords:
    """Return a move in the words that fit what it is made to."""
    found = _OF_OPPORTUNITIES.get(move) if kind is RiskKind.OPPORTUNITY else None
    return found or MOVE_WORDS[move]


ASK_WORDS = MoveWords(
    label="Ask to accept it",
    title="Accept {}?",
    question="Why should we live with it?",
    placeholder="Cheaper than any way around it",
    submit="Ask",
    done="a delivery manager is asked to accept it, and you'll hear the answer",
    hint="One this serious takes a delivery manager. I'll ask them, with your reason.",
)
"""Where the person may accept it only with a delivery manager's leave."""
NOT_YET_WORDS = MoveWords(
    label="Not yet",
    title="Not yet: {}",
    question="What should happen first?",
    placeholder="Ask the vendor once more",
    submit="Not yet",
    done="not accepted yet",
    hint="Whoever asked will read this.",
)
"""The delivery manager's other answer."""
ASK = "ask"
"""In the menu of next steps, the choice that asks for leave to accept."""
REVIEWED = "review"
"""In the menu of next steps, the choice that is no move: all is still right."""
REASSESS = "reassess"
"""The choice that judges what is left."""
REASSESS_LABEL = "Reassess"
REVIEW_LABEL = "Still right"
