"""Each preset opens a form that Slack takes, and that says what the preset says."""

from datetime import date

import pytest

from bot.demo.limits.modals import check_view
from handlers.rituals.form_timing import timing_of
from handlers.rituals.forms import RitualForm
from handlers.rituals.modals import ritual_modal
from handlers.rituals.timing_fields import Offer
from handlers.rituals.words import in_order
from models.read_models import TimesAhead
from models.rules.rituals.recurrence import OnHoliday, Weekly
from models.rules.rituals.steps import Preset, RitualSort
from scheduled.rituals import sorts

PRESETS = [(sort, number) for sort in in_order(sorts()) for number in range(len(sort.presets))]


def preset_of(sort: RitualSort, number: int) -> Preset:
    """Return one of the presets."""
    return sort.presets[number]


@pytest.mark.parametrize("is_open", [False, True])
@pytest.mark.parametrize(("sort", "number"), PRESETS)
def test_a_preset_opens_a_form_that_says_the_same(sort: RitualSort, number: int, is_open: bool) -> None:  # noqa: FBT001 - a parameter.
    form = RitualForm.of_preset(
        sort, number, None, channel_id="C01ACME", timezone="Europe/Berlin", owner="U01DANA"
    )
    offer = Offer(in_order(sorts()), (), (), TimesAhead(), "None yet.", {}, "Europe/Berlin", "Europe/Berlin")
    for is_placed in (True, False):
        view = ritual_modal(RitualForm(**{**vars(form), "is_open": is_open, "is_placed": is_placed}), offer)
        check_view(view)
        asks = {block.get("block_id") for block in view["blocks"]}
        assert ("no_project" in asks) == (sort.needs_project and (is_open or not is_placed))
    preset = preset_of(sort, number)
    timing = timing_of(form, date(2026, 10, 14))
    assert isinstance(timing, Weekly)
    assert (timing.weekdays, timing.at, timing.interval) == (preset.weekdays, preset.at, preset.interval)
    fields = form.fields(sort, date(2026, 10, 14), None)
    assert fields.timezone == (preset.timezone or "Europe/Berlin")
    assert fields.duration_minutes == preset.duration_minutes
    assert fields.country == ("United States" if preset.timezone else "Germany")
    moves = OnHoliday.PREVIOUS if sort.keeps_its_week else OnHoliday.NEXT
    assert fields.on_holiday is (OnHoliday.SKIP if len(preset.weekdays) > 1 else moves)
    assert fields.settings.items() >= preset.settings.items()
