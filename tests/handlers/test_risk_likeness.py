"""Which lines read like a command about a risk that exists, and which like something to worry about."""

from datetime import date

import pytest

from handlers.risks.likeness import likeness

TODAY = date(2026, 10, 14)


@pytest.mark.parametrize(
    ("text", "corrected"),
    [
        ("assign ACME-R5 \x02@U0001|jo\x03", "edit ACME-R5 \x02@U0001|jo\x03"),
        ("assign R8 to sam", "edit R8"),
        ("Owner acme-r8 to \x02@U0001|jo\x03", "edit ACME-R8 \x02@U0001|jo\x03"),
        ("assign R8", "edit R8"),
        ("delete ACME-R8", "close ACME-R8"),
        ("delete ACME R8", "close ACME-R8"),
        ("R5 closed", "close R5"),
        ("R5 close vendor shipped", "close R5 vendor shipped"),
        ("R9 done", "close R9"),
        ("R3 p2 i2", "score R3 p2 i2"),
        ("R3 p2 i2 \x02@U0001|jo\x03 due fri", "score R3 p2 i2 \x02@U0001|jo\x03 due fri"),
        ("R3 due fri", "edit R3 due fri"),
        ("mine", "list mine"),
        ("Late high", "list late high"),
        ("all", "list all"),
    ],
)
def test_what_is_a_commands_for_sure(text: str, corrected: str) -> None:
    found = likeness(text, TODAY)
    assert found is not None
    assert found.corrected == corrected
    assert found.is_sure


@pytest.mark.parametrize("text", ["R5 worries me", "Vendor R5 slips", "R5 p9", "ping ACME-R5"])
def test_what_is_one_only_if_there_is_such_a_risk(text: str) -> None:
    found = likeness(text, TODAY)
    assert found is not None
    assert found.corrected in {"show R5", "show ACME-R5"}
    assert not found.is_sure


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Vendor API may slip because of ACME-R5",
        "Vendor API may slip p4 i3 \x02@U0001|jo\x03 due fri",
        "R5 and all that hangs on it may come back",
        "Sprint 12 slips",
        "Sprint 12",
        "Open questions of the client",
        "Late payments",
        "Everybody is late all of the time",
        "p3 i3",
    ],
)
def test_what_reads_as_a_title(text: str) -> None:
    assert likeness(text, TODAY) is None
