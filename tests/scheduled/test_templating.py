"""Templates: own texts take the place of ours, and a template that does not fit says so."""

from pathlib import Path

import pytest
from jinja2 import TemplateError
from jinja2.exceptions import SecurityError

from scheduled.templating import Safe, Templates, block_of
from scheduled.wording import REASON_LENGTH, brief


def written(folder: Path, text: str) -> Templates:
    """Return templates of which ``note`` is this one."""
    (folder / "note.txt.j2").write_text(text, encoding="utf-8")
    return Templates(
        escape=lambda typed: typed.replace("<", "&lt;"),
        channel_link=lambda channel_id: f"<#{channel_id}>",
        moment=lambda at, **_: str(at),
        mention=lambda person_id: f"<@{person_id}>",
        link=lambda url, label: f"<{url}|{label}>",
        folder=folder,
    )


def filled(templates: Templates, text: str, values: dict[str, object]) -> str:
    """Fill in a text as one of ours is."""
    block = f"{{% block text %}}{text}{{% endblock %}}"
    return block_of(templates.environment.from_string(block), "text", values)


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
    with pytest.raises(TemplateError):
        filled(written(tmp_path, ""), text, {"nothing": None, "thing": "x"})


def test_a_template_cannot_reach_into_the_program(tmp_path: Path) -> None:
    with pytest.raises(SecurityError):
        filled(written(tmp_path, ""), "{{ thing.__class__.__mro__ }}", {"thing": "x"})


OURS = {"project": "Acme web", "opened": "3 Nov", "was": None, "is_yours": False, "caller": "Jo <jo@x>"}
OURS |= {"mood": None, "since": None, "outcome": None, "everybody": "you"}


@pytest.mark.parametrize(
    "text",
    [
        "\n{{ outcome }}",
        "\n{{ titel }}",
        "\n{{ self.__init__.__globals__ }}",
        "\n{{ caller + 1 }}",
        "\n{% for one in range(99999) %}{% for other in range(99999) %}x{% endfor %}{% endfor %}",
        "\n{% if %}",
        "\n{% include 'mood_alert.txt.j2' %}",
    ],
)
def test_our_text_says_what_ones_own_cannot(
    tmp_path: Path, text: str, caplog: pytest.LogCaptureFixture
) -> None:
    ours = written(tmp_path, "").render("mood_alert", OURS)
    assert caplog.messages == []
    own = tmp_path / "mood_alert.txt.j2"
    own.write_text(f"{{% block text %}}{text}{{% endblock %}}", encoding="utf-8")
    assert written(tmp_path, "").render("mood_alert", OURS) == ours
    (said,) = caplog.messages
    assert said.startswith("your own text of mood_alert cannot be filled in, so Drumbeat's own was used: ")
    assert f" at {own}:" in said
    assert "jo@x" not in said


def test_our_text_says_what_stands_in_a_file_that_may_not_be_read(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    templates = written(tmp_path, "")
    (tmp_path / "mood_alert.txt.j2").write_bytes("Gr\u00fc\u00dfe".encode("latin-1"))
    assert templates.render("mood_alert", OURS).text.startswith("*Acme web: client mood alert of 3 Nov*")
    assert "UnicodeDecodeError" in caplog.text


def test_a_long_reason_is_quoted_in_short() -> None:
    assert brief("Vendor\n shipped. ") == "Vendor shipped"
    assert brief("x" * 500) == "x" * (REASON_LENGTH - 1) + "…"


@pytest.mark.parametrize(
    ("title", "text"),
    [
        ("Drop SSO", "*Drop SSO*. Now."),
        ("Drop SSO?", "*Drop SSO?* Now."),
        ("Wait...", "*Wait...* Now."),
        ("and so on…", "*and so on…* Now."),
    ],
)
def test_what_has_ended_gets_no_full_stop(tmp_path: Path, title: str, text: str) -> None:
    sentence = "*{{ title }}*{% if how %} {{ how }}{% endif %}. Now."
    assert filled(written(tmp_path, ""), sentence, {"title": title, "how": ""}) == text


def test_names_in_a_row_are_escaped_and_joined_as_one_says_them(tmp_path: Path) -> None:
    said = filled(written(tmp_path, ""), "{{ keys | listed }} are in.", {"keys": ["ACME", "<b>", "DELTA"]})
    assert said == "ACME, &lt;b> and DELTA are in."
