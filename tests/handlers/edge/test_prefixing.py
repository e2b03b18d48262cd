"""Commands are called what they are called in this workspace, wherever a text of ours names one."""

from handlers.answers import CloseModal, FieldErrors, OpenModal, UpdateModal, say
from handlers.blocks import button, modal, quote
from handlers.edge.prefixing import in_blocks, prefixed
from handlers.ids import ActionId
from handlers.inputs import field, text_input

OURS = "Type `/risk list`, or `/raid` in its channel."
NAMED = "Type `/x-risk list`, or `/x-raid` in its channel."


def test_an_answer_names_its_commands_in_its_text_and_in_its_blocks() -> None:
    answer = prefixed(say(OURS), "x-")
    assert (answer.text, answer.blocks[0]["text"]["text"]) == (NAMED, NAMED)


def test_a_sentence_beside_a_field_names_them_too() -> None:
    assert prefixed(FieldErrors({"title": OURS}), "x-").errors == {"title": NAMED}


def test_a_form_names_them_in_its_hints_and_leaves_alone_what_is_typed() -> None:
    element = text_input("title", max_length=200, text=OURS)
    view = modal(
        "risk_log", "A form", [field("title", "Title", element, hint=OURS)], submit="Go", metadata=OURS
    )
    for answer in (prefixed(OpenModal(view), "x-"), prefixed(UpdateModal(view), "x-")):
        [shown] = answer.view["blocks"]
        assert shown["hint"]["text"] == NAMED
        assert shown["element"]["initial_value"] == OURS
        assert answer.view["private_metadata"] == OURS


def test_a_quotation_and_what_a_button_carries_stay() -> None:
    said = [quote(OURS), {"type": "actions", "elements": [button("Go", ActionId.RISK_NEW, OURS)]}]
    assert in_blocks(said, "x-") == said


def test_a_name_that_has_it_already_gets_it_once() -> None:
    assert prefixed(say(NAMED), "x-") == say(NAMED)
    assert prefixed(say("`/riskier` is none of ours"), "x-") == say("`/riskier` is none of ours")


def test_without_a_prefix_everything_stays() -> None:
    answer = say(OURS)
    assert prefixed(answer, "") is answer
    assert prefixed(CloseModal(), "x-") == CloseModal()
