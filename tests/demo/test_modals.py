"""Modals: the stack, submitting, and what stays of what was typed."""

from typing import Any

import pytest

from bot.demo.errors import Code, SlackError
from bot.demo.people.form_checks import REQUIRED
from bot.demo.people.gestures import Outcome
from bot.demo.people.outcomes import TROUBLE
from bot.demo.server import Demo
from bot.demo.state.objects import view_object
from bot.demo.values import OpenView, RawValues
from tests.demo.company import ROBIN, SAM, FakeBot, input_block, modal, plain, section
from tests.demo.running import at_once

TITLE = input_block({"type": "plain_text_input", "action_id": "a"}, "title")
TYPED: RawValues = {"title": {"a": "Certs expire"}}


def open_modal(demo: Demo, *blocks: dict[str, Any], person: str = SAM, **rest: object) -> OpenView:
    return demo.workspace.modals.push(person, modal(*(blocks or (TITLE,)), **rest), root=True)


def submit(demo: Demo, opened: OpenView, values: RawValues = TYPED) -> Outcome:
    return at_once(demo.gestures.submit(opened.user_id, opened.id, values))


def stack(demo: Demo, person: str = SAM) -> list[str]:
    return [view.view["title"]["text"] for view in demo.workspace.views_of(person)]


def titled(title: str, *blocks: dict[str, Any]) -> dict[str, Any]:
    return modal(*blocks, title=plain(title))


def test_a_submission_carries_the_state(demo: Demo, bot: FakeBot) -> None:
    opened = open_modal(demo, private_metadata="acme")
    assert submit(demo, opened) == Outcome(ok=True)
    payload = bot.payload
    assert payload["type"] == "view_submission"
    assert payload["user"] == {"id": SAM, "username": "sam", "name": "sam", "team_id": "T01STUDIO"}
    assert payload["trigger_id"]
    view = payload["view"]
    assert view["state"]["values"] == {"title": {"a": {"type": "plain_text_input", "value": "Certs expire"}}}
    assert (view["id"], view["hash"], view["root_view_id"]) == (opened.id, opened.hash, opened.id)
    assert (view["callback_id"], view["private_metadata"], view["previous_view_id"]) == ("form", "acme", None)


def test_a_client_submits_as_their_own_team(demo: Demo, bot: FakeBot) -> None:
    submit(demo, open_modal(demo, person=ROBIN))
    payload = bot.payload
    assert (payload["team"], payload["user"]["team_id"]) == ({"id": "T02ACME", "domain": "acme"}, "T02ACME")
    assert (payload["view"]["team_id"], payload["view"]["app_installed_team_id"]) == ("T02ACME", "T01STUDIO")


def test_an_empty_acknowledgement_closes_that_modal_only(demo: Demo) -> None:
    open_modal(demo, title=plain("below"))
    submit(demo, demo.workspace.modals.push(SAM, titled("above", TITLE), root=False))
    assert stack(demo) == ["below"]


def test_clear_closes_all(demo: Demo, bot: FakeBot) -> None:
    open_modal(demo)
    bot.will_answer({"response_action": "clear"})
    submit(demo, demo.workspace.modals.push(SAM, modal(TITLE), root=False))
    assert stack(demo) == []


def test_update_shows_something_else(demo: Demo, bot: FakeBot) -> None:
    opened = open_modal(demo)
    bot.will_answer({"response_action": "update", "view": titled("after")})
    assert submit(demo, opened).ok
    [after] = demo.workspace.views_of(SAM)
    assert (after.id, after.view["title"]["text"]) == (opened.id, "after")
    assert after.hash != opened.hash


def test_a_field_of_the_same_name_keeps_what_it_shows_whatever_the_form_says_by_then(demo: Demo) -> None:
    def said(initial: str, block_id: str = "title") -> dict[str, Any]:
        return input_block({"type": "plain_text_input", "initial_value": initial}, block_id)

    def shown(block_id: str) -> object:
        view = view_object(demo.workspace.views_of(SAM)[0], demo.workspace)
        return view["state"]["values"][block_id]["a"]["value"]

    opened = open_modal(demo, said("Certs"), input_block({"type": "plain_text_input"}, "cause"))
    demo.workspace.modals.update(opened.id, modal(said("Tokens"), said("Nobody renews", "cause")))
    assert (shown("title"), shown("cause")) == ("Certs", "Nobody renews")
    demo.workspace.modals.update(opened.id, modal(said("Tokens", "title~1")))
    assert shown("title~1") == "Tokens"


def test_push_lays_a_modal_on_top(demo: Demo, bot: FakeBot) -> None:
    opened = open_modal(demo)
    bot.will_answer({"response_action": "push", "view": titled("after")})
    submit(demo, opened)
    assert stack(demo) == ["A form", "after"]
    top = demo.workspace.views_of(SAM)[-1]
    assert (top.root_id, top.previous_id) == (opened.id, opened.id)


def test_a_stack_is_three_deep(demo: Demo) -> None:
    modals = demo.workspace.modals
    for root in (True, False, False):
        modals.push(SAM, modal(), root=root)
    with pytest.raises(SlackError) as caught:
        modals.push(SAM, modal(), root=False)
    assert caught.value.code is Code.PUSH_LIMIT_REACHED


def test_a_modal_that_is_opened_starts_a_stack_of_its_own(demo: Demo) -> None:
    modals = demo.workspace.modals
    for root in (True, False, False, True, False, False):
        modals.push(SAM, modal(), root=root)
    assert len(modals.of(SAM)) == 6


def test_errors_stand_beside_the_field_and_nothing_typed_is_lost(demo: Demo, bot: FakeBot) -> None:
    opened = open_modal(demo)
    bot.will_answer({"response_action": "errors", "errors": {"title": "Taken"}})
    assert submit(demo, opened) == Outcome(ok=False)
    [still] = demo.workspace.views_of(SAM)
    assert (still.errors, still.values) == ({"title": "Taken"}, TYPED)
    submit(demo, still)
    assert stack(demo) == []


@pytest.mark.parametrize(
    "answer",
    [
        {"response_action": "errors", "errors": {"nowhere": "Taken"}},
        {"response_action": "errors", "errors": {}},
        {"response_action": "vanish"},
        {"response_action": "update", "view": modal(title=plain("x" * 25))},
        {"text": "Saved"},
        "Saved",
    ],
    ids=str,
)
def test_an_answer_slack_does_not_understand_is_trouble(demo: Demo, bot: FakeBot, answer: object) -> None:
    opened = open_modal(demo)
    bot.will_answer(answer)
    assert submit(demo, opened) == Outcome(ok=False, error=TROUBLE)
    assert stack(demo) == ["A form"]


def test_an_error_of_the_bot_is_trouble_and_keeps_what_was_typed(demo: Demo, bot: FakeBot) -> None:
    opened = open_modal(demo)
    bot.will_answer("oh", 500)
    assert submit(demo, opened) == Outcome(ok=False, error=TROUBLE)
    assert demo.workspace.views_of(SAM)[0].values == TYPED


def test_slack_itself_asks_for_required_fields(demo: Demo, bot: FakeBot) -> None:
    opened = open_modal(demo)
    assert submit(demo, opened, {}) == Outcome(ok=False)
    assert demo.workspace.views_of(SAM)[0].errors == {"title": REQUIRED}
    assert bot.requests == []


def test_only_the_top_modal_can_be_submitted_and_by_its_owner(demo: Demo, bot: FakeBot) -> None:
    below = open_modal(demo)
    open_modal(demo)
    assert not submit(demo, below).ok
    assert not at_once(demo.gestures.submit(ROBIN, below.id, TYPED)).ok
    assert bot.requests == []


def test_typed_values_survive_an_update_and_initial_values_give_way(demo: Demo, bot: FakeBot) -> None:
    modals = demo.workspace.modals
    opened = open_modal(demo)
    modals.remember(opened.id, TYPED)
    proposed = {"type": "plain_text_input", "action_id": "a", "initial_value": "proposal"}
    modals.update(opened.id, modal(input_block(proposed, "title"), input_block(proposed, "other")))
    [after] = demo.workspace.views_of(SAM)
    submit(demo, after, {})
    values = bot.payload["view"]["state"]["values"]
    assert (values["title"]["a"]["value"], values["other"]["a"]["value"]) == ("Certs expire", "proposal")


def test_a_hash_that_is_not_the_present_one_conflicts(demo: Demo) -> None:
    opened = open_modal(demo)
    demo.workspace.modals.update(opened.id, titled("second"), opened.hash)
    with pytest.raises(SlackError) as caught:
        demo.workspace.modals.update(opened.id, titled("third"), opened.hash)
    assert caught.value.code is Code.HASH_CONFLICT
    assert stack(demo) == ["second"]


def test_an_external_id_names_one_modal(demo: Demo) -> None:
    open_modal(demo, external_id="mine")
    with pytest.raises(SlackError) as caught:
        open_modal(demo, external_id="mine")
    assert caught.value.code is Code.DUPLICATE_EXTERNAL_ID


def test_closing_takes_one_modal_away_unless_it_clears(demo: Demo, bot: FakeBot) -> None:
    open_modal(demo, title=plain("below"))
    top = demo.workspace.modals.push(SAM, titled("above"), root=False)
    at_once(demo.gestures.close(SAM, top.id))
    assert stack(demo) == ["below"]
    clearing = demo.workspace.modals.push(SAM, modal(section(), clear_on_close=True), root=False)
    at_once(demo.gestures.close(SAM, clearing.id))
    assert stack(demo) == []
    assert bot.requests == []


def test_a_modal_may_ask_to_hear_of_its_end(demo: Demo, bot: FakeBot) -> None:
    opened = open_modal(demo, notify_on_close=True)
    at_once(demo.gestures.close(SAM, opened.id))
    assert (bot.payload["type"], bot.payload["view"]["id"]) == ("view_closed", opened.id)


def test_blocks_without_ids_get_some(demo: Demo) -> None:
    bare = {"type": "input", "label": plain("Label"), "element": {"type": "plain_text_input"}}
    opened = open_modal(demo, bare, bare)
    ids = {(block["block_id"], block["element"]["action_id"]) for block in opened.view["blocks"]}
    assert len(ids) == 2
    assert all(block_id and action_id for block_id, action_id in ids)
