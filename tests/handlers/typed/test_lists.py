"""What follows "list": filters in any order, a project's name first, and sentences left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.typed.lists import VOCABULARY, ListWords, only_names, read_list
from models.rules.risks.scoring import SeverityBand
from models.rules.risks.states import RiskStatus

DANA = "\x02@U0DANA|dana\x03"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("", ListWords()),
        ("open", ListWords()),
        ("MINE", ListWords(scope="mine")),
        ("acme high", ListWords(key="acme", band=SeverityBand.HIGH)),
        ("medium", ListWords(band=SeverityBand.MODERATE)),
        ("all stale closed", ListWords(scope="all", late=True, status=RiskStatus.CLOSED)),
        (f"{DANA} overdue", ListWords(owner_slack_id="U0DANA", late=True)),
        ('"vendor api" high', ListWords(search="vendor api", band=SeverityBand.HIGH)),
        ("“Vendor” ACME", None),
        ("ACME “Vendor”", ListWords(key="acme", search="Vendor")),
        ("of vendors is incomplete", None),
        ("high prices", None),
    ],
)
def test_what_is_read(text: str, read: ListWords | None) -> None:
    assert read_list(text) == read


def test_names_in_capitals_are_no_sentence() -> None:
    assert only_names("ACME BOREALIS high")
    assert not only_names("of APIS and URLS")


@given(st.lists(st.sampled_from(VOCABULARY)))
def test_words_that_lists_know_are_never_a_sentence(words: list[str]) -> None:
    assert read_list(" ".join(words)) is not None


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    read_list(text)
