"""It is time to ask a client: to whoever runs the project, kept to what became of it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from models.read_models import Reachable, SurveyReading
from models.rules.delivery import NoticeKind, Operation
from models.rules.surveys.asking import SurveyState
from scheduled.notices import Notice, Occasion
from scheduled.posts import Button, ButtonStyle, Intent, Post, Small, Text
from scheduled.wording import plain_day


def render(occasion: Occasion) -> Post | None:
    """Say why now, whom we may ask how, and what speaks against it; nothing new once it is done."""
    survey_id = UUID(str(occasion.ids["survey_id"]))
    found = occasion.desk.surveys.request(occasion.workspace_id, survey_id, occasion.now)
    survey = found.survey
    if survey.state is SurveyState.DONE and occasion.operation is Operation.POST:
        return None
    words = occasion.words(
        project=survey.project_key,
        client=survey.client_name,
        about=survey.about,
        trigger=survey.trigger.value,
        state=survey.state.value,
        held_because=survey.held_because or None,
        asked=", ".join(survey.asked) or None,
        in_channel=_named(found.in_channel, "last asked", occasion.today),
        by_mail=_named(found.by_mail, "last asked", occasion.today),
        lately=_named(found.lately, "on", occasion.today),
        unclear=", ".join(found.unclear) or None,
        has_asker=found.has_asker,
        is_red=found.is_red,
        has_alert=found.has_alert,
    )
    return Post(words.summary, (Text(words.text), Small(words.small)), _buttons(found))


def _named(those: Sequence[Reachable], before: str, today: date) -> str | None:
    """Return "Robin (last asked 3 Apr), Ana (never asked)"; None for nobody."""
    told = [
        f"{each.name} ({f'{before} {plain_day(each.asked_on, today)}' if each.asked_on else 'never asked'})"
        for each in those
    ]
    return ", ".join(told) or None


def _buttons(found: SurveyReading) -> tuple[Button, ...]:
    """Return the ways to ask; once somebody was asked, those to ask the others."""
    survey = found.survey
    is_done = survey.state is SurveyState.DONE
    ask = Button(
        "Ask somebody else" if is_done else "Ask in the client channel",
        Intent.SURVEY_ASK_NOW,
        survey.id,
        ButtonStyle.PLAIN if is_done else ButtonStyle.PRIMARY,
    )
    mail = Button("I asked by mail", Intent.SURVEY_MAILED, survey.id)
    ways = [ask] if found.in_channel else []
    if is_done:
        ways += [mail] if found.by_mail else []
        return (*ways, Button("Satisfaction", Intent.SURVEY_SHOW, survey.project_id))
    if survey.state is SurveyState.OPEN:
        return (*ways, mail, Button("Hold", Intent.SURVEY_HOLD, survey.id))
    return (*ways, mail, Button("Don't hold it", Intent.SURVEY_RESUME, survey.id))


NOTICE = Notice(NoticeKind.SURVEY_REQUESTED, confidential=True, render=render)
