"""Clients that wait to be asked how satisfied they are, to whoever manages the project."""

from models.read_models import SurveyView
from models.rules.surveys.asking import SurveyState
from models.services.mornings.planning import Contribution
from models.services.surveys.mornings import gather
from scheduled.mornings import MorningLine, MorningOccasion, MorningPart, MorningPiece
from scheduled.posts import Button, Intent


def draw(occasion: MorningOccasion) -> MorningPart:
    """Show who waits to be asked, and name who was since, or is held."""
    message = occasion.message
    found = message.desk.surveys.requests(message.workspace_id, [item.entity_id for item in occasion.items])
    named = [found[item.entity_id] for item in occasion.items if item.entity_id in found]
    waiting = [survey for survey in named if survey.state is SurveyState.OPEN]
    settled = [survey.about for survey in named if survey.state is not SurveyState.OPEN]
    heading = occasion.words("heading", count=len(waiting)).text if waiting else ""
    done = occasion.words("done", settled=settled).text if settled else ""
    return MorningPart(heading, tuple(_line(occasion, survey) for survey in waiting), done)


def _line(occasion: MorningOccasion, survey: SurveyView) -> MorningLine:
    words = occasion.words(
        "line", project=survey.project_key, about=survey.about, trigger=survey.trigger.value
    )
    return MorningLine(words.text, Button("Ask or hold", Intent.SURVEY_SHOW, survey.project_id))


MORNING = MorningPiece(Contribution("survey_requests", gather), rank=70, draw=draw)
