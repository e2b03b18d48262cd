"""Templates: own texts take the place of ours, and a template that does not fit says so."""

from pathlib import Path

import pytest
from jinja2 import TemplateError
from jinja2.exceptions import SecurityError

from scheduled.templating import Safe, Templates
from scheduled.wording import REASON_LENGTH, brief


def written(folder: Path, text: str) -> Templates:
    """Return templates of which ``note`` is this one."""
    (folder / "note.txt.j2").write_text(text, encoding="utf-8")
    return Templates(
        escape=lambda typed: typed.replace("<", "&lt;"),
        channel_link=lambda channel_id: f"<#{channel_id}>",
        moment=str,
        mention=lambda person_id: f"<@{person_id}>",
        link=lambda url, label: f"<{url}|{label}>",
        folder=folder,
    )


def test_a_template_of_ones_own_takes_the_place_of_ours(tmp_path: Path) -> None:
    templates = written(tmp_path, "")
    (tmp_path / "risk_announced.txt.j2").write_text(
        "{% block text %}Ours now{% endblock %}", encoding="utf-8"
    )
    assert templates.render("risk_announced", {}).text == "Ours now"


def test_what_is_put_in_is_escaped_once_and_what_is_safe_not_at_all(tmp_path: Path) -> None:
    templates = written(
        tmp_path,
        "{% block text %}<b> {{ typed }} {{ typed ~ typed }} {{ safe }} {{ 'C1' | channel }}{% endblock %}",
    )
    words = templates.render("note", {"typed": "<", "safe": Safe("<ok>")})
    assert words.text == "<b> &lt; &lt;&lt; <ok> <#C1>"
    assert (words.summary, words.small) == ("", "")


def test_lines_that_are_empty_once_filled_in_are_left_out(tmp_path: Path) -> None:
    templates = written(tmp_path, "{% block text %}\none\n{% if 0 %}\nx\n{% endif %}\n  two\n{% endblock %}")
    assert templates.render("note", {}).text == "one\ntwo"


@pytest.mark.parametrize("text", ["{{ unknown }}", "{{ nothing }}", "{{ thing.missing }}"])
def test_a_value_that_is_not_known_is_an_error_and_never_printed(tmp_path: Path, text: str) -> None:
    templates = written(tmp_path, f"{{% block text %}}{text}{{% endblock %}}")
    with pytest.raises(TemplateError):
        templates.render("note", {"nothing": None, "thing": "x"})


def test_a_template_cannot_reach_into_the_program(tmp_path: Path) -> None:
    templates = written(tmp_path, "{% block text %}{{ thing.__class__.__mro__ }}{% endblock %}")
    with pytest.raises(SecurityError):
        templates.render("note", {"thing": "x"})


def test_a_long_reason_is_quoted_in_short() -> None:
    assert brief("Vendor\n shipped. ") == "Vendor shipped"
    assert brief("x" * 500) == "x" * (REASON_LENGTH - 1) + "…"
