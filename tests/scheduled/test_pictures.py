"""Pictures: what they say in words, that everything fits, and that everybody can read them."""

import io
from datetime import date, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from PIL import Image

from models.read_models import (
    Actor,
    BurnDown,
    CellRisks,
    ClientRef,
    MoodState,
    MoodTrendView,
    ProjectView,
    RiskMatrix,
    WeekPoints,
)
from models.rules.delivery import NoticeKind, Operation
from models.rules.references import Reference
from models.rules.risks.matrix import Cell
from models.rules.risks.scoring import LEVELS, SeverityBand
from models.rules.risks.words import RiskKind
from models.value import replace
from scheduled.notices import Drawn
from scheduled.pictures import burndown, canvas, matrix, mood
from scheduled.posts import Picture
from tests.models.mood_days import by_day
from tests.scheduled.drawing import NOTICES
from tests.scheduled.fake_messenger import CHANNEL
from tests.scheduled.fake_readings import NOW, SAM, FakeMoods, FakePeople, FakeReadings, FakeReports
from tests.scheduled.occasions import occasion

ALT_TEXT_LENGTH = 1000
"""What Slack takes."""
ACTOR = Actor(SAM, UUID(int=100), "UTC", is_full_member=True)
ACME = ProjectView(UUID(int=101), "ACME", "Acme web", ClientRef(UUID(int=5), "Acme"), CHANNEL, None, "UTC")
TODAY = NOW.date()


def named(count: int, *numbers: int, key: str | None = "ACME") -> CellRisks:
    return CellRisks(count, tuple(Reference(number, key) for number in numbers))


MATRIX = RiskMatrix(
    ACME,
    {
        RiskKind.THREAT: {(4, 4): named(1, 12), (2, 5): named(6, 9, 8, 7, 6)},
        RiskKind.OPPORTUNITY: {(3, 4): named(1, 15)},
    },
    not_scored=2,
)
MONDAY = date(2026, 7, 27)
BURN_DOWN = BurnDown(
    ACME,
    tuple(
        WeekPoints(MONDAY + timedelta(weeks=place), points, points // 10)
        for place, points in enumerate([0, 12, 24, 24, 61, 78, 70, 52, 54, 46, 46, 38])
    ),
)


def moods(*values: int, silent: int = 0) -> MoodTrendView:
    """Return a mood each week, the last one so many days ago."""
    readings = [
        (TODAY - timedelta(days=7 * age + silent), value) for age, value in enumerate(reversed(values))
    ]
    return MoodTrendView(ACME, MoodState(by_day(readings), TODAY), None)


def rendered(
    kind: NoticeKind,
    reports: FakeReports | None = None,
    actor: Actor | None = ACTOR,
    mood: MoodTrendView | None = None,
) -> Drawn | None:
    """Draw a picture for whoever asked."""
    where = occasion(
        kind, FakeReadings(None), Operation.FILE, person=SAM.slack_user_id, project_id=str(ACME.id)
    )
    desk = replace(
        where.desk,
        people=FakePeople(actor),
        reports=reports or FakeReports(),
        moods=FakeMoods(trend=mood),
    )
    return NOTICES[kind].render(replace(where, desk=desk))


def picture(
    kind: NoticeKind, reports: FakeReports | None = None, mood: MoodTrendView | None = None
) -> Picture:
    drawn = rendered(kind, reports, mood=mood)
    assert isinstance(drawn, Picture)
    return drawn


def opened(png: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(png))
    image.load()
    assert image.format == "PNG"
    return image


def test_the_matrix_says_the_same_in_words() -> None:
    drawn = picture(NoticeKind.RISK_MATRIX, FakeReports(matrix=MATRIX))
    assert drawn.title == "ACME: risk matrix, 14 Oct 2026"
    assert drawn.comment == "*ACME: risk matrix* · 1 critical, 6 high · 1 opportunity"
    assert drawn.alt_text == (
        "Risks by how likely and how bad. Critical 16 (likely 4 × impact 4): ACME-R12. "
        "High 10 (unlikely 2 × impact 5): ACME-R9, ACME-R8, ACME-R7, ACME-R6 and 2 more. "
        "High 12 (opportunity, possible 3 × impact 4): ACME-R15. 2 not scored yet."
    )


def test_the_burn_down_says_the_same_in_words() -> None:
    drawn = picture(NoticeKind.RISK_BURNDOWN, FakeReports(burn_down=BURN_DOWN))
    assert drawn.title == "ACME: risk burn-down, 14 Oct 2026"
    assert drawn.comment == "*ACME: risk burn-down* · 38 points now"
    assert drawn.alt_text == (
        "Points of risk carried, week by week: week 31 0, week 32 12, week 33 24, week 34 24, week 35 61, "
        "week 36 78, week 37 70, week 38 52, week 39 54, week 40 46, week 41 46, week 42 38. "
        "The last is today."
    )


@pytest.mark.parametrize("kind", [NoticeKind.RISK_MATRIX, NoticeKind.RISK_BURNDOWN])
def test_it_is_dated_where_the_reader_is(kind: NoticeKind) -> None:
    far_west = replace(ACTOR, timezone="Pacific/Pago_Pago")
    drawn = rendered(kind, FakeReports(MATRIX, BURN_DOWN), actor=far_west)
    assert isinstance(drawn, Picture)
    assert drawn.title.endswith(", 13 Oct 2026")


def test_the_mood_says_the_same_in_words() -> None:
    drawn = picture(NoticeKind.MOOD_TREND, mood=moods(5, 4, 4, 2))
    assert drawn.title == "ACME: client mood, 14 Oct 2026"
    assert drawn.comment == "*ACME: client mood* · average 3.3, falling ↓"
    assert drawn.alt_text == (
        "Client mood from 1, angry, to 5, delighted: 23 Sep 2026 5 delighted, 30 Sep 2026 4 happy, "
        "7 Oct 2026 4 happy, 14 Oct 2026 2 unhappy."
    )


def test_a_mood_that_nobody_knows_any_more_is_called_unknown() -> None:
    drawn = picture(NoticeKind.MOOD_TREND, mood=moods(5, 5, 5, silent=21))
    assert drawn.comment == "*ACME: client mood* · unknown now"
    assert drawn.alt_text.endswith("Nobody has said for three weeks how they are.")


def test_one_day_makes_no_picture_and_nobody_gets_what_they_may_not_see() -> None:
    assert rendered(NoticeKind.MOOD_TREND, mood=moods(5)) is None
    assert rendered(NoticeKind.MOOD_TREND, mood=None) is None
    assert rendered(NoticeKind.MOOD_TREND, actor=None, mood=moods(5, 4)) is None


def test_a_low_mood_stands_out_and_a_long_history_fits_the_alternative_text() -> None:
    assert not _has(mood.draw("ACME", moods(4, 5).state), mood.LOW_DOT)
    assert _has(mood.draw("ACME", moods(4, 2).state), mood.LOW_DOT)
    drawn = picture(NoticeKind.MOOD_TREND, mood=moods(*[1, 2, 3, 4, 5] * 10))
    assert len(drawn.alt_text) <= ALT_TEXT_LENGTH


@pytest.mark.parametrize("kind", [NoticeKind.RISK_MATRIX, NoticeKind.RISK_BURNDOWN])
def test_who_may_not_see_it_by_then_gets_no_picture(kind: NoticeKind) -> None:
    assert rendered(kind, FakeReports(MATRIX, BURN_DOWN), actor=None) is None
    assert rendered(kind, FakeReports()) is None
    nothing = BurnDown(ACME, (WeekPoints(MONDAY, 0, 0),))
    assert rendered(kind, FakeReports(RiskMatrix(ACME), nothing)) is None


def test_pictures_are_wide_enough_for_a_phone_and_small_to_send() -> None:
    pictures = [
        matrix.draw(MATRIX, TODAY),
        burndown.draw(BURN_DOWN, TODAY),
        mood.draw("ACME", moods(*[1, 2, 3, 4, 5] * 10).state),
    ]
    for png in pictures:
        assert opened(png).width == canvas.WIDTH * canvas.SCALE == 1440
        assert len(png) < 200_000


def test_the_same_drawing_gives_the_same_bytes() -> None:
    assert matrix.draw(MATRIX, TODAY) == matrix.draw(MATRIX, TODAY)
    assert burndown.draw(BURN_DOWN, TODAY) == burndown.draw(BURN_DOWN, TODAY)


def test_each_risk_of_a_projects_cell_is_named_and_of_all_projects_their_keys() -> None:
    def of(*references: Reference, one: bool = True) -> bytes:
        cells = {RiskKind.THREAT: {(4, 4): CellRisks(len(references), references)}}
        return matrix.draw(RiskMatrix(ACME if one else None, cells), TODAY)

    nine, eight, seven = (Reference(number, "ACME") for number in (9, 8, 7))
    assert of(nine, eight) != of(nine, seven)
    other = Reference(8, "BOREALIS")
    assert of(nine, eight, one=False) == of(nine, seven, one=False) != of(nine, other, one=False)


def test_opportunities_are_drawn_apart_and_only_where_there_are_any() -> None:
    without = replace(MATRIX, cells={RiskKind.THREAT: MATRIX.of(RiskKind.THREAT)})
    assert opened(matrix.draw(without, TODAY)).height < opened(matrix.draw(MATRIX, TODAY)).height * 0.6
    colours = canvas.PALETTES[RiskKind.OPPORTUNITY][SeverityBand.HIGH].fill
    assert _has(matrix.draw(MATRIX, TODAY), colours)
    assert not _has(matrix.draw(without, TODAY), colours)


def _has(png: bytes, colour: str) -> bool:
    """Tell whether much of the picture has the colour, or one that nobody could tell from it."""
    wanted = _parts(colour)
    counted = opened(png).convert("RGB").getcolors(1 << 24) or []
    near = (
        count
        for count, found in counted
        if isinstance(found, tuple) and all(abs(a - b) < 6 for a, b in zip(found, wanted, strict=True))
    )
    return sum(near) > 1000


def _parts(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    """Return the relative luminance. Source: WCAG 2."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (part / 255 for part in _parts(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("kind", RiskKind)
def test_bands_can_be_told_apart_without_seeing_hues_and_what_is_written_on_them_read(kind: RiskKind) -> None:
    tones = [canvas.PALETTES[kind][band] for band in SeverityBand]
    shades = [_luminance(tone.fill) for tone in tones]
    assert shades == sorted(shades, reverse=True)
    assert all(_contrast(one.fill, other.fill) > 1.2 for one, other in pairwise(tones))
    for tone in tones:
        assert _contrast(tone.fill, tone.ink) >= 4.5
        assert _contrast(canvas.blend(tone.fill, matrix.EMPTY), canvas.GREY) >= 3.4


@pytest.mark.parametrize("number", [1, 99, 100, 999, 10_000])
@pytest.mark.parametrize("key", [None, "ACME", "ABCDEFGHIJ"])
def test_a_crowded_matrix_is_drawn_and_told_within_slacks_limits(number: int, key: str | None) -> None:
    cells: dict[Cell, CellRisks] = {
        (probability, impact): named(number, *range(99_990, 99_990 + min(number, 4)), key=key)
        for probability in LEVELS
        for impact in LEVELS
    }
    crowded = RiskMatrix(None if key else ACME, dict.fromkeys(RiskKind, cells), number)
    drawn = picture(NoticeKind.RISK_MATRIX, FakeReports(matrix=crowded))
    assert opened(drawn.png).width == 1440


def test_every_character_that_is_written_is_in_the_type() -> None:
    """A missing one would be a box; the multiplication sign is missing, for one."""
    boxed = canvas._font(canvas.TEXT).getmask("\U0010ffff").getbbox()
    missing = canvas._font(canvas.TEXT).getmask("×")
    assert bytes(missing) == bytes(canvas._font(canvas.TEXT).getmask("\U0010ffff"))
    assert boxed
    for character in "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789abcdefghijklmnopqrstuvwxyz·…+-:,'.k ":
        assert bytes(canvas._font(canvas.TEXT).getmask(character)) != bytes(missing), character


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "0"),
        (2.5, "2.5"),
        (980, "980"),
        (1000, "1k"),
        (1234, "1.2k"),
        (9949, "9.9k"),
        (9950, "10k"),
        (38123, "38k"),
    ],
)
def test_numbers_stay_short(number: float, words: str) -> None:
    assert burndown.short(number) == words


@pytest.mark.parametrize("points", [0, 1, 3, 12, 4_000, 250_000])
def test_any_height_is_drawn(points: int) -> None:
    weeks = tuple(
        WeekPoints(MONDAY + timedelta(weeks=place), points * place // 11, place) for place in range(12)
    )
    assert opened(burndown.draw(BurnDown(None, weeks), TODAY)).width == 1440
