"""How each move reads: in a menu, in its modal, and in the answer once it is made."""

from dataclasses import dataclass

from models.rules.risk_moves import RiskMove


@dataclass(frozen=True)
class MoveWords:
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
        label="Close",
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
REVIEWED = "review"
"""In the menu of next steps, the choice that is no move: all is still right."""
REASSESS = "reassess"
"""The choice that judges what is left."""
REASSESS_LABEL = "What is left?"
REVIEW_LABEL = "Still right, reviewed"
