"""A form drawn anew shows what it says, though Slack keeps what stands in a field of the same name."""

from typing import Any

import pytest

from handlers.answers import FieldErrors, UpdateModal
from handlers.blocks import option
from handlers.edge.refilling import read_standing
from handlers.forms import Unreadable
from handlers.inputs import checkboxes, field, person_select, text_input


def form(title: str, owner: str | None, days: tuple[str, ...] = ()) -> dict[str, Any]:
    choices = [option(name, name) for name in ("mon", "tue")]
    return {
        "blocks": [
            field("title", "What?", text_input("title", max_length=100, text=title)),
            field("owner", "Owner", person_select("owner", placeholder="Nobody", chosen=owner)),
            field("days", "When?", checkboxes("days", choices, chosen=days)),
        ]
    }


def came_back(
    view: dict[str, Any], title: str, owner: str | None, days: tuple[str, ...] = ()
) -> dict[str, Any]:
    names = [block["block_id"] for block in view["blocks"]]
    told = (
        {"value": title},
        {"selected_user": owner},
        {"selected_options": [option(name, name) for name in days]},
    )
    return {**view, "state": {"values": {name: {"a": each} for name, each in zip(names, told, strict=True)}}}


def names(answer: UpdateModal) -> list[str]:
    return [block["block_id"] for block in answer.view["blocks"]]


def test_only_a_field_that_says_something_else_is_named_anew() -> None:
    sent = came_back(form("Certs", "UDANA", ("mon", "tue")), "Certs expire", "UDANA", ("tue", "mon"))
    again = read_standing(sent).answered(UpdateModal(form("Certs expire", "ULEE", ("mon", "tue"))))
    assert names(again) == ["title", "owner~1", "days"]
    sent = came_back(again.view, "Certs expire", "ULEE", ("mon",))
    assert names(read_standing(sent).answered(UpdateModal(form("Certs expire", "ULEE", ("mon",))))) == names(
        again
    )
    third = read_standing(sent).answered(UpdateModal(form("", None, ("mon",))))
    assert names(third) == ["title~1", "owner~2", "days"]


def test_a_sentence_finds_the_field_that_was_named_anew() -> None:
    sent = came_back(form("Certs", "UDANA"), "Certs", "UDANA")
    again = read_standing(sent).answered(UpdateModal(form("Certs", "ULEE")))
    errors = read_standing(came_back(again.view, "Certs", "ULEE")).answered(
        FieldErrors({"owner": "Choose somebody."})
    )
    assert errors == FieldErrors({"owner~1": "Choose somebody."})


@pytest.mark.parametrize("bent", [{"type": "input"}, {"type": "input", "block_id": "title~next"}, {}])
def test_a_form_that_cannot_be_read_is_refused(bent: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        read_standing({"blocks": [bent]})
