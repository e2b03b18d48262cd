"""Lines written to the bot: answered once, kept for their writer alone, forgotten after a week."""

from datetime import timedelta
from uuid import UUID

import pytest

from models.errors import NotAllowed, NotFound
from models.rules.delivery import NoticeKind
from models.services.drafts import Drafts
from models.tables import drafts as _drafts
from tests.models.world import NOW, World


@pytest.fixture
def drafts(world: World) -> Drafts:
    return Drafts(world.database)


def kept(world: World) -> UUID:
    """Return the id of the only line that is kept."""
    [message] = world.messages()
    return UUID(str(message.ids["draft_id"]))


def test_a_line_is_kept_and_answered_to_its_writer_once(world: World, drafts: Drafts) -> None:
    sam, delivery = world.person("Sam"), world.origin()
    for _ in range(2):
        drafts.answer(sam, " Vendor \x00 may\nslip ", origin=delivery, now=NOW)
    [said] = world.said()
    assert (said.kind, said.channel) == (NoticeKind.LINE_ANSWERED, "U_SAM")
    assert drafts.get(sam, kept(world)).text == "Vendor may slip"
    assert world.count(_drafts) == 1


def test_nothing_is_kept_of_what_becomes_nothing(world: World, drafts: Drafts) -> None:
    drafts.answer(world.person("Sam"), None, origin=world.origin(), now=NOW)
    assert world.count(_drafts) == 0
    assert world.messages()[0].ids == {}


def test_a_line_is_its_writer_s_alone(world: World, drafts: Drafts) -> None:
    drafts.answer(world.person("Sam"), "Vendor may slip", origin=world.origin(), now=NOW)
    draft = kept(world)
    for other in (world.delivery_manager("Jo"), World(world.database, "T_OTHER").person("Sam")):
        with pytest.raises(NotFound):
            drafts.get(other, draft)
    assert drafts.for_notice(World(world.database, "T_OTHER").workspace_id, draft) is None


def test_a_guest_s_line_is_not_kept(world: World, drafts: Drafts) -> None:
    with pytest.raises(NotAllowed):
        drafts.answer(world.person("Gus", is_guest=True), "x y", origin=world.origin(), now=NOW)
    assert world.count(_drafts) == 0


def test_a_line_is_forgotten_after_a_week(world: World, drafts: Drafts) -> None:
    sam = world.person("Sam")
    drafts.answer(sam, "Vendor may slip", origin=world.origin(), now=NOW)
    drafts.forget_old(now=NOW + timedelta(days=7))
    assert drafts.get(sam, kept(world)).text
    drafts.forget_old(now=NOW + timedelta(days=7, seconds=1))
    with pytest.raises(NotFound):
        drafts.get(sam, kept(world))
