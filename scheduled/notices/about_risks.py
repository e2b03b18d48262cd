"""What the notices about risks share: reading the risk, and whom to tell instead of a channel."""

from uuid import UUID

from models.read_models import RiskView
from models.rules.delivery import NoticeKind
from models.rules.risks.words import GIVE_OWNER, RiskKind, Visibility
from models.services.outbox.enqueue import Outgoing
from models.services.risks.readings import RiskChange
from scheduled.notices import Occasion
from scheduled.notices.instead import to_leads
from scheduled.ports import Refusal
from scheduled.posts import Button, ButtonStyle, Intent
from scheduled.wording.risks import OVER

DID = {
    "scored": "scored",
    "owned": "found an owner for",
    "closed": "closed",
    "rejected": "rejected",
    "accepted": "accepted",
    "escalated": "escalated",
    "reopened": "reopened",
    "happened": "marked",
    "responded": "planned a response to",
    "reassessed": "reassessed",
    "unjudged": "took back what was done about",
}
"""What somebody did, by the history's action; anything else "changed" the risk."""

HOW = {"happened": "as happened"}
"""What belongs to it, behind the risk's name."""


def risk_of(occasion: Occasion) -> RiskView | None:
    """Return the risk that the message is about; None when it was taken back or is not there."""
    risk = occasion.desk.risks.for_notice(occasion.workspace_id, _risk_id(occasion))
    return None if risk is None or risk.is_withdrawn else risk


def risk_even_if_withdrawn(occasion: Occasion) -> RiskView | None:
    """Return the risk that the message is about, also when it was taken back."""
    return occasion.desk.risks.for_notice(occasion.workspace_id, _risk_id(occasion))


def change_of(occasion: Occasion) -> RiskChange | None:
    """Return the change that the message is about; None when the risk was taken back since."""
    version = int(occasion.ids["version"])
    change = occasion.desk.risks.change(occasion.workspace_id, _risk_id(occasion), version)
    return None if change is None or change.after.is_withdrawn else change


def is_for_the_team(risk: RiskView) -> bool:
    """Tell whether the project's channel may see the risk."""
    return risk.visibility is Visibility.TEAM


def who_did(change: RiskChange) -> dict[str, object]:
    """Return a change's ``who``, ``did`` and ``how`` for a template: "Dana", "marked", "as happened"."""
    person, action = change.entry.person, change.entry.action
    is_taken = action == "owned" and person is not None and person == change.after.owner
    return {
        "who": person.name if person else "Drumbeat",
        "did": "took" if is_taken else DID.get(action, "changed"),
        "how": HOW.get(action, ""),
        "is_planned": action == "responded",
        "is_reassessed": action == "reassessed",
    }


def issue_of(occasion: Occasion, change: RiskChange) -> str | None:
    """Return the name of the issue that the risk became, where the change is that it happened."""
    if change.entry.action != "happened":
        return None
    issues = occasion.desk.raid.issues_of(occasion.workspace_id, change.after.id)
    return str(issues[-1].reference) if issues else None


def details(risk: RiskView) -> Button:
    """Return the button that shows the risk with its history."""
    return Button("Details", Intent.RISK_DETAILS, risk.id)


def judge(risk: RiskView) -> tuple[Button, ...]:
    """Return the buttons of a risk that waits to be judged."""
    no = "Not an opportunity" if risk.kind is RiskKind.OPPORTUNITY else "Not a risk"
    return (
        score(risk),
        Button(no, Intent.RISK_REJECT, risk.id),
        details(risk),
    )


def score(risk: RiskView) -> Button:
    """Return the button that opens what a risk waits for: a score, or no more than an owner."""
    label = GIVE_OWNER if risk.lacks_owner else "Score"
    return Button(label, Intent.RISK_SCORE, risk.id, ButtonStyle.PRIMARY)


def give_owner(risk: RiskView) -> tuple[Button, ...]:
    """Return the button that asks who owns the risk, where that is all it waits for."""
    return (score(risk),) if risk.lacks_owner else ()


def respond(risk: RiskView) -> Button:
    """Return the button that opens the form for what is done about it."""
    return Button("Plan a response", Intent.RISK_RESPOND, risk.id)


def update(risk: RiskView) -> Button:
    """Return the button that opens the risk's form."""
    return Button("Edit", Intent.RISK_EDIT, risk.id)


def is_over(risk: RiskView) -> bool:
    """Tell whether nobody needs to do anything about the risk any more."""
    return risk.status in OVER


def tell_the_project(occasion: Occasion, refusal: Refusal) -> tuple[Outgoing, ...]:
    """Tell the project's leads and whoever raised the risk: once for a risk, a channel and a person."""
    risk = risk_of(occasion)
    if risk is None:
        return ()
    return to_leads(occasion, refusal, NoticeKind.RISK_WITHHELD, f"risk:{risk.id}", risk)


def _risk_id(occasion: Occasion) -> UUID:
    return UUID(str(occasion.ids["risk_id"]))
