"""The minutes' form: its fields are called by what they are about, whatever became of that."""

import json
from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from handlers.agendas.minutes_form import MinutesForm
from handlers.forms import Unreadable

AGENDA, ACME, TOPIC = uuid4(), uuid4(), uuid4()


def view(typed: dict[str, str], *, entries: tuple[object, ...] = (ACME, TOPIC), **carried: Any) -> Any:  # noqa: ANN401
    names = [f"decision {each}" for each in entries]
    return {
        "blocks": [
            {"type": "input", "block_id": f"{name}~2", "label": {"text": f"R&amp;D: {place}"}}
            for place, name in enumerate(names)
        ],
        "private_metadata": json.dumps({"agenda": str(AGENDA), "opened": [], "version": 3, **carried}),
        "state": {"values": {name: {name: {"type": "x", "value": said}} for name, said in typed.items()}},
    }


def test_what_is_written_about_what_left_the_agenda_is_found_by_its_name() -> None:
    form = MinutesForm.read(view({f"decision {TOPIC}": "Yes"}))
    assert form.left([ACME, TOPIC]) == {}
    assert form.left([ACME]) == {TOPIC: "R&D: 1"}
    assert form.left([]) == {TOPIC: "R&D: 1"}, "of the other there is nothing to keep"
    assert form.unfolded(ACME).left([]) == {ACME: "R&D: 0", TOPIC: "R&D: 1"}


def test_the_note_about_others_stays_while_the_form_is_drawn_anew() -> None:
    form = MinutesForm(AGENDA, version=4, note="*Lee wrote meanwhile:*", opened=frozenset({ACME}))
    again = MinutesForm.read(view({}, **form.carried()))
    assert (again.note, again.version, again.opened) == (form.note, 4, form.opened)


@pytest.mark.parametrize("entries", [(0, 1), ("",)])
def test_a_form_of_an_earlier_version_is_refused_before_any_word_lands_elsewhere(
    entries: tuple[object, ...],
) -> None:
    with pytest.raises(Unreadable):
        MinutesForm.read(view({"decision 0": "Yes"}, entries=entries))
    with pytest.raises(Unreadable):
        MinutesForm.read(view({}, opened=[0]))


def test_nothing_is_sent_of_an_entry_that_nobody_wrote_about() -> None:
    form = MinutesForm.read(view({f"decision {TOPIC}": "Yes", f"owner_id {ACME}": "U1", "other": "Cake"}))
    fields = form.fields(lambda _who, _name: UUID(int=1), date(2026, 10, 21))
    assert ([each.matter_id for each in fields.entries], fields.other) == ([TOPIC], "Cake")
