"""What is said of statuses, as whole texts."""

from datetime import date, datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import UUID

import pytest
from PIL import Image
from typing_extensions import override

from models.read_models import (
    Actor,
    DimensionView,
    Finding,
    GridCell,
    GridRow,
    RoleHolder,
    StatusGrid,
    StatusInRow,
    StatusView,
)
from models.reports.statuses import StatusReports
from models.rules.delivery import NoticeKind
from models.rules.projects.kinds import ProjectKind
from models.rules.statuses.inside import Inside, Look
from models.rules.statuses.periods import Period
from models.rules.statuses.rag import Colour, Dimension, RagStatus
from models.services.statuses.readings import StatusReadings
from models.value import replace
from scheduled.notices import Drawn, Occasion
from scheduled.ports import Refusal
from scheduled.posts import Picture, Post
from tests.scheduled.drawing import NOTICES
from tests.scheduled.fake_messenger import CHANNEL, said
from tests.scheduled.fake_readings import DANA, MANAGER, NOW, SAM, FakePeople, FakeReadings
from tests.scheduled.occasions import occasion

MARKUP = "<!channel> *x* <@U1>"
G, A, R, N = Colour.GREEN, Colour.AMBER, Colour.RED, Colour.NOT_APPLICABLE
GREEN = tuple(DimensionView(dimension, G) for dimension in Dimension)
LATE = DimensionView(
    Dimension.SCHEDULE, A, "Mock the API", SAM, date(2026, 10, 13), "the sandbox passes", date(2026, 10, 21)
)
STATUS = StatusView(
    id=UUID(int=30),
    workspace_id=UUID(int=100),
    project_id=UUID(int=101),
    project_key="ACME",
    project_name="Acme web",
    project_kind=ProjectKind.MANAGED,
    channel_id=CHANNEL,
    timezone="Europe/Berlin",
    period=Period(date(2026, 10, 5)),
    version=1,
    submitted_by=DANA,
    submitted_at=NOW,
    is_late=False,
    author=DANA,
    written_at=NOW,
    headline="Vendor API four days late; release still 23 Oct.",
    rag=RagStatus(A, A),
    done="Search",
    decision="drop SSO from v1? Priya, by Monday",
    dimensions=(LATE, *GREEN[1:]),
)

OVERRIDDEN = replace(STATUS, rag=RagStatus(A, R), override_reason="They moved it.")


class FakeStatuses(StatusReadings):
    """One status, without a database."""

    def __init__(self, found: StatusInRow | None) -> None:
        self._found = found

    @override
    def for_notice(self, workspace_id: UUID, status_id: UUID) -> StatusInRow | None:
        return self._found

    @override
    def roles(self, workspace_id: UUID, project_id: UUID) -> tuple[RoleHolder, ...]:
        return (MANAGER,)


def at(kind: NoticeKind, status: StatusView | None, *earlier: Colour | None) -> Occasion:
    readings = FakeStatuses(StatusInRow(status, earlier) if status else None)
    ids: dict[str, Any] = {"status_id": str(STATUS.id), "channel_id": CHANNEL, "refusal": "guest"}
    return occasion(kind, FakeReadings(None), statuses=readings, **ids)


def drawn(kind: NoticeKind, status: StatusView | None, *earlier: Colour | None) -> Drawn | None:
    return NOTICES[kind].render(at(kind, status, *earlier))


def posted(status: StatusView, *earlier: Colour | None) -> str:
    post = drawn(NoticeKind.STATUS_POSTED, status, *earlier)
    assert isinstance(post, Post)
    assert [button.label for button in post.buttons] == ["Details"]
    return said(post)


def test_a_status_says_how_it_stands_what_is_done_and_what_is_to_be_decided() -> None:
    assert posted(STATUS, G) == (
        "*ACME, week 41: 🟠 Amber* ↓ from Green · Dana\n"
        "Vendor API four days late; release still 23 Oct.\n"
        "🟠 Schedule Amber: Mock the API, by 13 Oct (Sam). Green when the sandbox passes, 21 Oct.\n"
        "🟢 All else green.\n"
        "*Decide:* drop SSO from v1? Priya, by Monday\n"
        "_Done in thread_"
    )


@pytest.mark.parametrize(
    ("status", "earlier", "part"),
    [
        (OVERRIDDEN, (R,), "Amber (computed Red)* ↑ from Red"),
        (OVERRIDDEN, (), "Set by hand: They moved it."),
        (STATUS, (A, A, G), "🟠 Amber* → third week · Dana"),
        (STATUS, (), "🟠 Amber* · Dana"),
        (replace(STATUS, coming="Pay"), (), "_Done and next in thread_"),
        (replace(STATUS, done="", coming="Pay"), (), "_Next in thread_"),
        (replace(STATUS, is_late=True, version=2), (), "· Dana · late · edited"),
        (replace(STATUS, dimensions=(replace(LATE, slips=2), *GREEN[1:])), (), "21 Oct (moved twice)."),
        (replace(STATUS, rag=RagStatus(R, R), dimensions=(LATE, *GREEN[1:])), (), "🟠 Schedule Amber: Mock"),
        (
            replace(STATUS, dimensions=(replace(GREEN[0], colour=N), *GREEN[1:])),
            (),
            "🟢 All green. ⚪ Doesn't apply: Schedule.",
        ),
    ],
)
def test_what_else_a_status_says(status: StatusView, earlier: tuple[Colour, ...], part: str) -> None:
    assert part in posted(status, *earlier)


def test_what_only_leads_may_know_is_never_said_in_the_channel() -> None:
    risk = Finding(Look.CRITICAL_RISK, 1, ("ACME-R1",))
    alert = Finding(Look.CLIENT_MOOD, 0, is_restricted=True)
    green = replace(STATUS, rag=RagStatus(G, G), dimensions=GREEN, inside=Inside.FLAGGED)
    unanswered = replace(green, findings=(risk, alert))
    assert "*ACME, week 41: 🟢 Green, but not explained yet*" in posted(unanswered)
    assert "ACME-R1" not in posted(unanswered), "what speaks against it waits for their answer"
    assert "but" not in posted(replace(green, findings=(alert,)))
    answered = replace(unanswered, justification="The fallback is tested.")
    assert "Green, but a critical risk is open (ACME-R1). Dana: “The fallback is tested.”" in posted(answered)
    assert "mood" not in posted(answered)
    assert "but" not in posted(replace(answered, findings=(alert,)))


def test_done_and_next_are_the_writers_own_lines() -> None:
    post = drawn(NoticeKind.STATUS_DETAILS, replace(STATUS, done="One\nTwo", coming="Three"))
    assert isinstance(post, Post)
    assert said(post) == "*Done*\nOne\nTwo\n*Next*\nThree"
    assert drawn(NoticeKind.STATUS_DETAILS, None) is None


def test_where_the_channel_must_not_see_it_the_leads_and_its_writer_get_it() -> None:
    status = replace(STATUS, author=SAM)
    told = NOTICES[NoticeKind.STATUS_POSTED].instead(at(NoticeKind.STATUS_POSTED, status), Refusal.GUEST)
    assert [message.channel_id for message in told] == [DANA.slack_user_id, SAM.slack_user_id]
    assert {message.kind for message in told} == {NoticeKind.STATUS_WITHHELD}
    post = drawn(NoticeKind.STATUS_WITHHELD, status)
    assert isinstance(post, Post)
    assert "there are guests in the channel" in said(post)
    assert "Vendor API four days late" in said(post)


@pytest.mark.parametrize(
    "kind", [NoticeKind.STATUS_POSTED, NoticeKind.STATUS_DETAILS, NoticeKind.STATUS_WITHHELD]
)
def test_it_is_confidential_and_never_comes_out_as_markup(kind: NoticeKind) -> None:
    person = replace(SAM, name=MARKUP)
    plan = replace(LATE, step=MARKUP, owner=person, criteria=MARKUP)
    status = replace(
        STATUS,
        author=person,
        headline=MARKUP,
        override_reason=MARKUP,
        decision=MARKUP,
        done="",
        coming="",
        inside=Inside.FLAGGED,
        findings=(Finding(Look.CRITICAL_RISK, 1),),
        justification=MARKUP,
        dimensions=(plan,),
    )
    assert NOTICES[kind].confidential
    post = drawn(kind, status)
    assert isinstance(post, Post)
    assert "<!channel>" not in post.summary + said(post)


class FakeGrids(StatusReports):
    """One grid, without a database."""

    def __init__(self, grid: StatusGrid) -> None:
        self._grid = grid

    @override
    def grid(self, actor: Actor, project_id: UUID | None, *, now: datetime) -> StatusGrid:
        return self._grid


WEEKS = tuple(Period(date(2026, 9, 21) + timedelta(weeks=number)) for number in range(3))
ROWS = (
    GridRow("ACME", (GridCell(G), GridCell(R, is_late=True), None)),
    GridRow("A_LONG_NAME_OF_A_PROJECT", (GridCell(A), None, GridCell(N))),
)


def picture(grid: StatusGrid) -> Drawn | None:
    kind = NoticeKind.STATUS_GRID
    where = occasion(
        kind, FakeReadings(None), status_reports=FakeGrids(grid), person="U0SAM", project_id=None
    )
    asker = Actor(SAM, UUID(int=100), "Europe/Berlin", is_full_member=True)
    return NOTICES[kind].render(replace(where, desk=replace(where.desk, people=FakePeople(asker))))


def test_the_picture_says_the_same_in_words() -> None:
    drawn_grid = picture(StatusGrid(None, WEEKS, ROWS, total=5))
    assert isinstance(drawn_grid, Picture)
    assert drawn_grid.title == "All projects: status, week 39 to week 41, 14 Oct 2026"
    assert "ACME: green, red, no status." in drawn_grid.alt_text
    assert "the 2 that need somebody most, of 5" in drawn_grid.comment
    image = Image.open(BytesIO(drawn_grid.png))
    assert image.size == (1440, (160 + 2 * 52 + 80) * 2)
    colours = {image.convert("RGB").getpixel((x, 370)) for x in range(480, 1380, 4)}
    assert len(colours) > 3, "green, red, and nothing, each with its letter"
    assert picture(StatusGrid(None, WEEKS, ())) is None


def test_a_green_that_nobody_explained_is_no_plain_green_in_the_picture() -> None:
    doubted = GridRow("ACME", (GridCell(G), GridCell(G, is_unexplained=True), GridCell(G, is_late=True)))
    plain = GridRow("ACME", (GridCell(G), GridCell(G), GridCell(G, is_late=True)))
    drawn_grid, plain_grid = (picture(StatusGrid(None, WEEKS, (row,), total=1)) for row in (doubted, plain))
    assert isinstance(drawn_grid, Picture)
    assert isinstance(plain_grid, Picture)
    assert "ACME: green, green but not explained yet, green." in drawn_grid.alt_text
    image, other = (Image.open(BytesIO(each.png)).convert("L") for each in (drawn_grid, plain_grid))
    assert image.size[1] > other.size[1], "a line below says what the mark means"
    cell = (1000, 320, 1130, 420)
    assert image.crop(cell).tobytes() != other.crop(cell).tobytes()
