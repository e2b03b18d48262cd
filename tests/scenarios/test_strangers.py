"""People and payloads without business here: each is answered clearly, writes nothing, learns nothing."""

import json
from typing import Any
from uuid import UUID, uuid4

from bot.demo.story import CLIENT_TEAM, TEAM
from bot.demo.values import JsonObject
from handlers.access import Unwelcome
from handlers.errors import UNEXPECTED, words
from handlers.forms import Unreadable
from handlers.ids import ActionId
from handlers.risks.list_views import encode
from models.commands import NewProject, RiskFields
from models.errors import NotFound
from models.read_models import Origin, Profile, ProjectView, RiskFilter, RiskView
from models.services.people import People
from models.services.projects.catalogue import Projects
from models.services.risks.register import RiskRegister
from models.services.workspaces import Workspaces
from models.tables import risks
from tests.bot.slack_side import Reply
from tests.scenarios.records import all_records, rows
from tests.scenarios.studio import Studio

SECRET_TITLE = "Merger with Initech leaks"
NOBODYS = "5514fa64-cf62-40ba-8338-3c81432d28fd"
"""An id that was never given: what is another workspace's is told in the same words."""
FOR_THE_TEAM = words(Unwelcome())
UNREADABLE = words(Unreadable())
SURPRISED = UNEXPECTED.partition("{")[0]
ON_ONE_RISK = (
    ActionId.RISK_EDIT,
    ActionId.RISK_SCORE,
    ActionId.RISK_REJECT,
    ActionId.RISK_CLOSE,
    ActionId.RISK_DETAILS,
    ActionId.RISK_UNDO,
    ActionId.RISK_TAKE_BACK,
)
ON_A_LIST = (
    ActionId.RISK_LIST,
    ActionId.RISK_LIST_OPEN,
    ActionId.RISK_LIST_MINE,
    ActionId.RISK_LIST_STALE,
    ActionId.RISK_LIST_ALL,
    ActionId.RISK_PAGE_BACK,
    ActionId.RISK_PAGE_ON,
)


def elsewhere(company: Studio) -> tuple[ProjectView, RiskView]:
    """Give another workspace on the same database a project with a risk."""
    database, now = company.application.database, company.clock()
    workspace_id = Workspaces(database).ensure("", "T09INITECH", "Initech", now=now)
    profile = Profile("U09PETER", "T09INITECH", "Peter", "UTC")
    peter = People(database).remember(workspace_id, "T09INITECH", profile, now=now)
    wanted = NewProject("Flair", "FLAIR", "Initech", internal_channel_id="C09FLAIR", timezone="UTC")
    origin = Origin("test")
    project = Projects(database).create(peter, wanted, origin=origin, now=now)
    fields = RiskFields(title=SECRET_TITLE)
    risk = RiskRegister(database).log(peter, project, fields, confirm_in=None, origin=origin, now=now)
    return project, risk


def click(company: Studio, who: str, action: str, value: str, where: str = "acme") -> Reply:
    """Deliver a click on a button that may stand in no message."""
    demo = company.served.demo
    message = company.messages("dana", "acme")[-1]
    conversation = demo.workspace.conversation(company.place(who, where))
    person = demo.workspace.person(company.user(who))
    assert conversation is not None
    assert person is not None
    pressed: JsonObject = {"type": "button", "block_id": "b", "action_id": action, "value": value}
    return company.wire.send(
        demo.gestures._payloads.click_in_message(person, conversation, message, pressed, {})
    )


def submission(company: Studio, who: str) -> dict[str, Any]:
    """Return what Slack would send, were the modal in front of the person submitted as it is."""
    person = company.served.demo.workspace.person(company.user(who))
    assert person is not None
    return company.served.demo.gestures._payloads.submission(person, company.modal(who))


def choose(payload: dict[str, Any], block_id: str, value: str) -> None:
    """Put an option into a modal's select that it does not offer."""
    (element,) = payload["view"]["state"]["values"][block_id].values()
    element["selected_option"] = {"text": {"type": "plain_text", "text": "?"}, "value": value}


def fill_in(payload: dict[str, Any], block_id: str, text: str) -> None:
    """Type into a modal's text field, where it has that one."""
    for element in payload["view"]["state"]["values"].get(block_id, {}).values():
        element["value"] = text


def sentence(reply: Reply) -> str:
    """Return what a refused submission says beside the fields."""
    assert reply.status == 200
    assert reply.json["response_action"] == "errors"
    return " ".join(reply.json["errors"].values())


def test_a_client_cannot_submit_a_form_in_a_shared_channel(company: Studio) -> None:
    company.type("sam", "acme-shared", "/risk")
    company.press("sam", company.messages("sam", "acme-shared")[-1], "Choose a project")
    payload = submission(company, "sam")
    payload["user"] = {"id": company.user("robin"), "name": "robin", "team_id": CLIENT_TEAM.id}
    payload["team"] = {"id": CLIENT_TEAM.id, "domain": CLIENT_TEAM.domain}
    payload["view"]["app_installed_team_id"] = TEAM.id
    (title,) = payload["view"]["state"]["values"]["title"].values()
    title["value"] = "The shop is slow"
    before = all_records(company.application.database)

    assert sentence(company.wire.send(payload)) == FOR_THE_TEAM

    assert all_records(company.application.database) == before


def test_a_guest_who_joins_later_cannot_use_what_was_posted(company: Studio) -> None:
    company.type("sam", "acme", "/risk Payment keys may leak p3 i5 @dana")
    risk = newest(company)
    joins(company, "yuki", "acme")
    assert any("Payment keys may leak" in text for text in company.sees("yuki", "acme"))
    before = all_records(company.application.database)

    for number, action in enumerate(ON_ONE_RISK, start=1):
        assert click(company, "yuki", action, str(risk)).status == 200
        refused = [text for text in company.sees("yuki", "acme") if FOR_THE_TEAM in text]
        assert len(refused) == number

    assert not company.has_modal("yuki")
    assert all_records(company.application.database) == before


def joins(company: Studio, who: str, where: str) -> None:
    """Let somebody into a channel in which the bot has posted already."""
    directory = company.served.demo.workspace.directory
    channel, person = directory.conversation(company.place(who, where)), directory.person(company.user(who))
    assert channel
    assert person
    directory.join(channel, person, None)


def newest(company: Studio) -> UUID:
    """Return the newest risk."""
    found: UUID = max(rows(company.application.database, risks), key=lambda row: row["raised_at"])["id"]
    return found


def test_a_button_knows_no_risk_of_another_workspace(company: Studio) -> None:
    project, risk = elsewhere(company)
    before = all_records(company.application.database)

    for action in ON_ONE_RISK:
        assert click(company, "dana", action, str(risk.id)).status == 200
        assert company.sees("dana", "acme")[-1] == words(NotFound("risk", NOBODYS))
    for action in ON_A_LIST:
        assert click(company, "dana", action, encode(RiskFilter(project_ids=(project.id,)))).status == 200
        assert company.sees("dana", "acme")[-1] == words(NotFound("project", NOBODYS))

    assert not company.has_modal("dana")
    assert all_records(company.application.database) == before
    assert not any(SECRET_TITLE in text for text in company.sees("dana", "acme"))


def test_a_button_that_carries_nonsense_is_answered(company: Studio) -> None:
    before = all_records(company.application.database)

    for value in ("", "R1", "'; DROP TABLE risks; --", "||x", "|", "a|b|c|d", "²", "\0", "<!channel> x"):
        # A button that makes a project may carry nothing: then nothing waits for it.
        for action in (*ON_ONE_RISK, *ON_A_LIST, *([ActionId.PROJECT_MAKE] if value.strip("\0") else [])):
            seen = len(company.sees("dana", "acme"))
            assert click(company, "dana", action, value).status == 200
            assert company.sees("dana", "acme")[seen:] == [UNREADABLE]

    assert all_records(company.application.database) == before


def test_a_form_knows_no_risk_of_another_workspace(company: Studio) -> None:
    _, risk = elsewhere(company)
    before = all_records(company.application.database)

    for line in ("/risk edit ACME-R1", "/risk score ACME-R1", "/risk close ACME-R1"):
        company.type("dana", "acme", line)
        payload = submission(company, "dana")
        fill_in(payload, "reason", "It is over.")
        carried = json.loads(payload["view"]["private_metadata"])
        for forged in (risk.id, uuid4()):
            payload["view"]["private_metadata"] = json.dumps({**carried, "risk": str(forged)})
            assert sentence(company.wire.send(payload)) == words(NotFound("risk", NOBODYS))

    assert all_records(company.application.database) == before


def test_a_form_that_carries_nonsense_is_answered(company: Studio) -> None:
    before = all_records(company.application.database)

    for line in ("/risk", "/risk edit ACME-R1", "/risk reject ACME-R4"):
        company.type("dana", "acme", line)
        payload = submission(company, "dana")
        fill_in(payload, "reason", "We have tea.")
        for broken in ("{", '"x"', '{"risk": "R1"}', '{"risk": 7}', '{"version": "x"}', '{"folded": [1]}'):
            payload["view"]["private_metadata"] = broken
            assert sentence(company.wire.send(payload)) == UNREADABLE

    assert all_records(company.application.database) == before


def test_a_form_takes_only_choices_that_it_knows(company: Studio) -> None:
    project, _ = elsewhere(company)
    company.type("sam", "acme", "/risk")
    company.press_in_modal("sam", "More", {"title": "The shop is slow"})
    before = all_records(company.application.database)

    for forged in (str(project.id), str(uuid4())):
        payload = submission(company, "sam")
        choose(payload, "project", forged)
        assert sentence(company.wire.send(payload)) == words(NotFound("project", NOBODYS))
    for block_id, forged in (
        ("project", "ACME"),
        ("probability", "²"),
        ("impact", "9"),
        ("category", "gossip"),
        ("strategy", "panic"),
        ("visibility", "everybody"),
    ):
        payload = submission(company, "sam")
        choose(payload, block_id, forged)
        assert sentence(company.wire.send(payload))
        assert SURPRISED not in sentence(company.wire.send(payload))

    assert all_records(company.application.database) == before


def test_an_owner_whom_slack_does_not_know_here_is_refused(company: Studio) -> None:
    elsewhere(company)
    company.type("sam", "acme", "/risk")
    company.press_in_modal("sam", "More", {"title": "The shop is slow"})
    payload = submission(company, "sam")
    (element,) = payload["view"]["state"]["values"]["owner"].values()
    before = all_records(company.application.database)

    for stranger in ("U09PETER", company.user("robin"), company.user("yuki")):
        element["selected_user"] = stranger
        assert "own team" in sentence(company.wire.send(payload))

    assert all_records(company.application.database) == before
