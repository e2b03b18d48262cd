"""What is said about issues, assumptions, dependencies and decisions, as whole texts."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from models.read_models import HistoryEntry, LinkedRecord, RaidView
from models.rules.delivery import NoticeKind, Operation
from models.rules.raid.states import RaidStatus
from models.rules.raid.words import Direction, RaidKind
from models.rules.references import Marker, Reference
from models.rules.risks.words import Visibility
from models.services.raid.links import Links
from models.value import replace
from scheduled.ports import Refusal
from scheduled.posts import Post
from tests.scheduled.drawing import NOTICES, labels
from tests.scheduled.fake_messenger import CHANNEL, said
from tests.scheduled.fake_readings import DANA, MANAGER, NOW, SAM, FakeRaid, FakeReadings
from tests.scheduled.occasions import occasion

ITEM = RaidView(
    id=UUID(int=21),
    workspace_id=UUID(int=100),
    project_id=UUID(int=101),
    project_key="ACME",
    project_name="Acme web",
    channel_id=CHANNEL,
    kind=RaidKind.ISSUE,
    number=3,
    version=1,
    status=RaidStatus.OPEN,
    title="Staging is down",
    raised_by=SAM,
    raised_at=NOW,
    updated_at=NOW,
    impact=4,
    owner=DANA,
    due_on=date(2026, 10, 16),
)
RESOLVED = replace(ITEM, status=RaidStatus.RESOLVED, outcome="Restarted.", settled_on=NOW.date())
DECISION = replace(ITEM, kind=RaidKind.DECISION, title="Drop SSO?", impact=None)
DECIDED = replace(
    DECISION, status=RaidStatus.DECIDED, outcome="Yes.", rationale="Nobody uses it.", settled_on=NOW.date()
)
KEYS = replace(
    ITEM,
    kind=RaidKind.DEPENDENCY,
    title="Sandbox keys",
    impact=None,
    direction=Direction.GET,
    other_party="Acme IT",
)
RISK_LINK = LinkedRecord(UUID(int=12), Reference(12, "ACME"), "Staging may fail")
NEWER = LinkedRecord(UUID(int=22), Reference(4, "ACME", Marker.DECISION), "Drop SSO?")
MARKUP = "<!channel> & *x*"


def drawn(
    kind: NoticeKind,
    item: RaidView | None,
    operation: Operation = Operation.POST,
    *,
    entry: HistoryEntry | None = None,
    links: Links = ((), ()),
    **ids: Any,  # noqa: ANN401 - anything that a message carries.
) -> Post | None:
    """Draw the message about a record."""
    raid = FakeRaid(item, entry, links)
    where = occasion(kind, FakeReadings(None), operation, raid=raid, item_id=str(ITEM.id), **ids)
    post = NOTICES[kind].render(where)
    assert post is None or isinstance(post, Post)
    return post


def text(post: Post | None) -> str:
    """Return what a message says; it must say something."""
    assert post is not None
    return said(post)


@pytest.mark.parametrize(
    ("item", "links", "expected", "buttons"),
    [
        (
            ITEM,
            ((), ()),
            "🔥 *ACME-I3 Staging is down* · Major 4\nDana owns it · logged by Sam · due 16 Oct",
            ["Edit", "Details"],
        ),
        (
            replace(ITEM, owner=None, due_on=None),
            ((RISK_LINK,), ()),
            "🔥 *ACME-I3 Staging is down* · Major 4\nNo owner yet · logged by Sam\nIt was ACME-R12.",
            ["Edit", "Details"],
        ),
        (
            replace(ITEM, due_on=date(2026, 10, 13)),
            ((), ()),
            "🔥 *ACME-I3 Staging is down* · Major 4\nDana owns it · logged by Sam · *was due 13 Oct*",
            ["Edit", "Details"],
        ),
        (
            RESOLVED,
            ((), ()),
            "✓ *ACME-I3 Staging is down* · resolved: Restarted\nLogged by Sam · 14 Oct",
            ["Details"],
        ),
        (
            DECIDED,
            ((), ()),
            "⚖️ *ACME-DEC3 Drop SSO?*\n*Decided:* Yes, because Nobody uses it\nDana · 14 Oct",
            ["Details"],
        ),
        (
            replace(DECIDED, title="Start without the map", outcome="Start without  the map.", rationale=""),
            ((), ()),
            "⚖️ *ACME-DEC3 Start without the map* · decided\nDana · 14 Oct",
            ["Details"],
        ),
        (
            replace(DECIDED, status=RaidStatus.SUPERSEDED, rationale="", owner=None, other_party="Robin"),
            ((), (NEWER,)),
            "⚖️ *ACME-DEC3 Drop SSO?* · superseded by ACME-DEC4\n*It was:* Yes\nRobin · 14 Oct",
            ["Details"],
        ),
        (
            replace(DECIDED, rationale=""),
            ((NEWER,), ()),
            "⚖️ *ACME-DEC3 Drop SSO?*\n*Decided:* Yes\nDana · 14 Oct · instead of ACME-DEC4",
            ["Details"],
        ),
    ],
)
def test_the_channel_reads_it_as_it_stands(
    item: RaidView, links: Links, expected: str, buttons: list[str]
) -> None:
    post = drawn(NoticeKind.RAID_ANNOUNCED, item, Operation.UPDATE, links=links)
    assert text(post) == expected
    assert labels(post) == buttons


@pytest.mark.parametrize(
    ("item", "operation"),
    [
        (RESOLVED, Operation.POST),
        (replace(ITEM, visibility=Visibility.RESTRICTED), Operation.UPDATE),
        (replace(ITEM, is_withdrawn=True), Operation.UPDATE),
        (None, Operation.POST),
    ],
)
def test_the_channel_hears_nothing_of_what_is_over_or_not_for_it(
    item: RaidView | None, operation: Operation
) -> None:
    assert drawn(NoticeKind.RAID_ANNOUNCED, item, operation) is None


@pytest.mark.parametrize(
    ("item", "operation", "expected"),
    [
        (
            replace(ITEM, owner=None, details="Since noon."),
            Operation.POST,
            (
                "Sam logged an issue on Acme web, <#C0ACME>\n"
                "*ACME-I3 Staging is down* · Major 4 · due 16 Oct\n"
                "Since noon.\nWho sees to it?"
            ),
        ),
        (ITEM, Operation.UPDATE, "✓ *ACME-I3 Staging is down* · Dana owns it\nLogged by Sam"),
        (
            RESOLVED,
            Operation.UPDATE,
            "✓ *ACME-I3 Staging is down* · resolved: Restarted\nLogged by Sam",
        ),
        (
            replace(ITEM, is_withdrawn=True),
            Operation.UPDATE,
            "✓ *ACME-I3 Staging is down* · taken back by Sam\nLogged by Sam",
        ),
    ],
)
def test_the_leads_are_asked_who_sees_to_it_and_then_read_who_does(
    item: RaidView, operation: Operation, expected: str
) -> None:
    assert text(drawn(NoticeKind.RAID_RAISED, item, operation)) == expected


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (
            ITEM,
            (
                "Sam made you the owner of *ACME-I3 Staging is down* · Major 4\n"
                "On Acme web, <#C0ACME> · due 16 Oct"
            ),
        ),
        (
            KEYS,
            (
                "Sam made you the owner of *ACME-DEP3 Sandbox keys*\nWe get it from Acme IT\n"
                "On Acme web, <#C0ACME> · due 16 Oct"
            ),
        ),
        (DECISION, "Sam named you to decide *ACME-DEC3 Drop SSO?*\nOn Acme web, <#C0ACME> · due 16 Oct"),
        (
            DECIDED,
            (
                "Sam wrote down what you decided: *ACME-DEC3 Drop SSO?*\nYes, because Nobody uses it\n"
                "On Acme web, <#C0ACME>"
            ),
        ),
    ],
)
def test_whoever_owns_or_decides_it_is_told_by_whom(item: RaidView, expected: str) -> None:
    entry = HistoryEntry(NOW, SAM, "logged", version=1)
    post = drawn(NoticeKind.RAID_OWNED, item, entry=entry, owner=DANA.slack_user_id)
    assert text(post) == expected
    assert drawn(NoticeKind.RAID_OWNED, item, entry=entry, owner="U0LEE") is None, "somebody else by now"
    if not item.is_live:
        over = drawn(NoticeKind.RAID_OWNED, item, Operation.UPDATE, entry=entry, owner=DANA.slack_user_id)
        assert text(over) == "✓ *ACME-DEC3 Drop SSO?* · decided: Yes"
    ends = {"issue": "Resolve", "dependency": "It came", "decision": "Write it down"}
    assert labels(post) == ([ends[item.kind], "Edit", "Details"] if item.is_live else ["Details"])


def test_whoever_logged_it_hears_what_became_of_it() -> None:
    entry = HistoryEntry(NOW, DANA, "found_wrong", reason="They come in June.", version=2)
    item = replace(ITEM, kind=RaidKind.ASSUMPTION, title="Texts by May", impact=None, status=RaidStatus.WRONG)
    issue = LinkedRecord(UUID(int=30), Reference(4, "ACME", Marker.ISSUE), "Texts by May")
    post = drawn(NoticeKind.RAID_OUTCOME, item, entry=entry, links=((), (issue,)))
    assert text(post) == ("Dana found *ACME-A3 Texts by May* wrong: They come in June.\nIt is ACME-I4 now.")
    asked = replace(ITEM, title="Which version?", status=RaidStatus.RESOLVED)
    resolved = HistoryEntry(NOW, DANA, "resolved", version=2)
    assert (
        text(drawn(NoticeKind.RAID_OUTCOME, asked, entry=resolved))
        == "Dana resolved *ACME-I3 Which version?*"
    )


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        (ITEM, "✓ Logged *ACME-I3 Staging is down* · Major 4\nDana owns it · due 16 Oct"),
        (KEYS, "✓ Logged *ACME-DEP3 Sandbox keys*\nWe get it from Acme IT\nDana owns it · due 16 Oct"),
        (
            replace(DECISION, owner=None),
            "✓ Logged *ACME-DEC3 Drop SSO?*\nNobody is named to decide · due 16 Oct",
        ),
    ],
)
def test_the_confirmation_says_where_it_stands(item: RaidView, expected: str) -> None:
    post = drawn(NoticeKind.RAID_CONFIRMED, item, Operation.EPHEMERAL)
    assert text(post) == expected
    assert labels(post) == ["Edit", "Details", "Undo"]


def test_what_was_withheld_goes_to_the_leads_and_whoever_logged_it() -> None:
    readings = FakeReadings(None, roles=(MANAGER,))
    where = occasion(NoticeKind.RAID_ANNOUNCED, readings, raid=FakeRaid(ITEM), item_id=str(ITEM.id))
    instead = NOTICES[NoticeKind.RAID_ANNOUNCED].instead(where, Refusal.GUEST)
    assert [(each.kind, each.channel_id) for each in instead] == [
        (NoticeKind.RAID_WITHHELD, "U0DANA"),
        (NoticeKind.RAID_WITHHELD, "U0SAM"),
    ]
    post = drawn(NoticeKind.RAID_WITHHELD, ITEM, channel_id=CHANNEL, refusal="guest")
    assert text(post) == (
        "🔥 *ACME-I3 Staging is down* · Major 4\n"
        "I did not post it in <#C0ACME>: there are guests in the channel.\n"
        "Please tell those who should know. "
        "I post bad news and decisions only where nobody from outside can read along."
    )


@pytest.mark.parametrize("kind", [kind for kind in NoticeKind if kind.startswith("raid_")])
def test_what_people_typed_never_comes_out_as_markup(kind: NoticeKind) -> None:
    person = replace(SAM, name=MARKUP)
    item = replace(
        DECIDED if kind is NoticeKind.RAID_ANNOUNCED else replace(ITEM, details=""),
        title=MARKUP,
        raised_by=person,
        owner=person,
        project_name=MARKUP,
        other_party=MARKUP,
        outcome=MARKUP,
    )
    entry = HistoryEntry(NOW, person, "resolved", reason=MARKUP, version=1)
    ids: dict[str, Any] = {"owner": SAM.slack_user_id, "channel_id": CHANNEL, "refusal": "guest"}
    post = drawn(kind, item, entry=entry, **ids)
    assert post is not None
    shown = f"{post.summary}\n{said(post)}".replace(f"<#{CHANNEL}>", "")
    assert "&lt;!channel&gt;" in shown
    assert "&amp;lt;" not in shown, "escaped once"
    assert "<" not in shown
    assert "*x*" not in shown
