"""The matrix and the burn-down: said at once to the asker alone, and drawn for them directly."""

import subprocess
import sys

import pytest

from bot.demo.state.files import File
from bot.demo.values import Message
from handlers.access import Unwelcome
from handlers.errors import words
from models.rules.delivery import NoticeKind, Operation
from models.tables import outbox_messages
from tests.scenarios.processes import ROOT
from tests.scenarios.reading import labels
from tests.scenarios.reading import words as read
from tests.scenarios.records import all_records, rows
from tests.scenarios.studio import Studio


def pictures(company: Studio) -> list[tuple[NoticeKind, str]]:
    """Return the pictures that are to be sent, and to whom."""
    found = rows(company.application.database, outbox_messages)
    return [(each["kind"], each["ids"]["person"]) for each in found if each["operation"] is Operation.FILE]


def arrived(company: Studio, who: str) -> tuple[Message, File]:
    """Return the newest message in the person's direct messages, and the picture that it brings."""
    message = company.messages(who, "drumbeat")[-1]
    [file_id] = message.file_ids
    file = company.served.demo.workspace.file_seen_by(company.user(who), file_id)
    assert file is not None
    return message, file


def test_the_matrix_is_said_at_once_to_the_asker_alone_and_drawn_for_them(company: Studio) -> None:
    company.type("sam", "acme", "/risk New market opens p3 i4 @dana")
    company.type("priya", "acme", "/risk opportunity: Second market opens p3 i4 @dana")
    company.type("sam", "acme", "/risk matrix")
    said = company.sees("sam", "acme")[-1]
    assert said.startswith(
        "*ACME: 4 threats scored* · 1 not scored yet\n*High 3* · 3×4: ACME-R5 · 4×3: ACME-R1"
    )
    assert "💡 *Opportunities: 1*\n*High 1* · 3×4: ACME-R6" in said
    assert "The picture follows in our direct messages." in said
    assert not any("threats scored" in text for text in company.sees("priya", "acme"))
    assert pictures(company) == [(NoticeKind.RISK_MATRIX, company.user("sam"))]
    message, file = arrived(company, "sam")
    assert message.text == "*ACME: risk matrix* · 3 high, 1 moderate · 1 opportunity"
    assert file.content.startswith(b"\x89PNG")
    assert "ACME-R5" in file.alt_text


def test_the_burn_down_is_said_at_once(company: Studio) -> None:
    company.type("sam", "acme", "/risk New market opens p3 i4")
    company.type("sam", "acme", "/risk Rain p1 i2")
    company.type("dana", "acme", "/risk burndown")
    said = company.sees("dana", "acme")[-1]
    assert said.startswith("*ACME: ")
    assert "points of risk*, in 3 threats\n2 more wait for the project manager's yes (14 points)\n" in said
    assert "W42 " in said
    assert pictures(company) == [(NoticeKind.RISK_BURNDOWN, company.user("dana"))]
    assert arrived(company, "dana")[1].title.startswith("ACME")


def test_buttons_lead_from_the_list_to_the_matrix_and_on(company: Studio) -> None:
    company.type("dana", "acme", "/risk list")
    company.press("dana", company.messages("dana", "acme")[-1], "Matrix")
    shown = company.messages("dana", "acme")[-1]
    assert read(shown).startswith("*ACME: 3 threats scored*")
    assert labels(shown) == ["List", "Burn-down", "All projects"]
    company.press("dana", shown, "All projects")
    everywhere = company.messages("dana", "acme")[-1]
    assert read(everywhere).startswith("*All projects: ")
    company.press("dana", everywhere, "Burn-down")
    assert "points of risk" in company.sees("dana", "acme")[-1]
    assert [kind for kind, _ in pictures(company)] == [
        NoticeKind.RISK_MATRIX,
        NoticeKind.RISK_MATRIX,
        NoticeKind.RISK_BURNDOWN,
    ]


@pytest.mark.parametrize("verb", ["matrix", "heatmap", "burndown", "trend"])
def test_synonyms_and_another_projects_name_are_understood(company: Studio, verb: str) -> None:
    company.type("lee", "general", f"/drumbeat risk {verb} Borealis")
    assert "*BOREALIS: " in company.sees("lee", "general")[-1]
    company.type("lee", "general", f"/risk {verb} borealsi")
    assert " BOREALIS`?" in company.sees("lee", "general")[-1]
    assert "Did you mean" in company.sees("lee", "general")[-1]


def test_an_empty_project_says_what_to_do_next_and_gets_no_picture(company: Studio) -> None:
    for number in (1, 2, 3):
        company.type("dana", "acme", f"/risk close ACME-R{number} over")
    company.type("dana", "acme", "/risk matrix")
    assert "nothing to put on the matrix.* 1 not scored yet: `/risk list`" in company.sees("dana", "acme")[-1]
    assert pictures(company) == []


def test_a_client_is_refused_and_nothing_is_drawn(company: Studio) -> None:
    before = all_records(company.application.database)
    company.type("robin", "acme-shared", "/risk matrix all")
    assert company.sees("robin", "acme-shared")[-1] == f"{words(Unwelcome())} You typed:\nmatrix all"
    assert all_records(company.application.database) == before


def test_a_picture_asked_for_twice_by_one_delivery_is_sent_once(company: Studio) -> None:
    company.type("sam", "acme", "/risk matrix")
    again = company.wire.again(company.wire.last)
    assert again.body == company.wire.last.reply.body
    assert len(pictures(company)) == 1


BUILD = """
import sys
from pydantic import SecretStr
from bot.settings import Settings
from bot.wiring import build
build(Settings(slack_bot_token=SecretStr("xoxb-1-token-of-tests"), slack_signing_secret=SecretStr("0" * 32)))
print(sorted(name for name in sys.modules if name.partition(".")[0] == "PIL"))
"""


def test_nothing_to_draw_with_is_loaded_before_the_first_picture() -> None:
    done = subprocess.run(
        [sys.executable, "-c", BUILD], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "[]"
