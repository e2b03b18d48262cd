"""A project goes into Close: its team looks back, and whoever runs it is asked to do so with the client.

Only where somebody has switched retrospectives on for the project.
"""

from models.commands import NewRetro
from models.read_models import PhaseStay, ProjectView
from models.rules.delivery import NoticeKind, Operation
from models.rules.plans.phases import Phase
from models.rules.retros.formats import RetroFormat
from models.services.changes import Change
from models.services.outbox.enqueue import Outgoing
from models.services.retros.living import Turn, begin
from models.services.retros.ritual import KIND
from models.services.retros.rows import collecting
from models.services.rituals.switched_on import is_switched_on
from models.services.standing import leads
from models.services.zones import today_of


def look_back_at_close(change: Change, project: ProjectView, entered: PhaseStay) -> None:
    """Begin the team's own improvement review, and ask for one with the client."""
    session, workspace_id = change.session, change.actor.workspace_id
    if entered.phase is not Phase.CLOSE or not is_switched_on(session, KIND, project.id):
        return
    turn = Turn(session, workspace_id, change.actor.person, change.origin, change.now)
    retro = collecting(session, workspace_id, project.id)
    if retro is None:
        retro = begin(turn, project, NewRetro(project.id, RetroFormat.PRINCIPLES))
    ids = {"retro_id": str(retro.id)}
    people = leads(project.roles, today_of(project, change.now)) or (change.actor.person,)
    turn.say(
        *(
            Outgoing(
                NoticeKind.RETRO_AT_CLOSE,
                Operation.POST,
                person.slack_user_id,
                f"retro_at_close:{entered.id}:{person.slack_user_id}",
                ids,
            )
            for person in people
        )
    )
