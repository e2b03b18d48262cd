"""``drumbeat templates check``: whether texts of one's own fit the messages that are made of them."""

from pathlib import Path

from bot.settings import TemplateSettings
from scheduled.rituals import sorts
from scheduled.templating import Templates
from scheduled.templating.check import Finding, TemplateCheck

FITS, DOES_NOT_FIT = 0, 1
"""The exit codes."""


def check() -> tuple[int, str]:
    """Return the exit code, and what does not fit or that all is well. Raises SettingsProblem."""
    folder = TemplateSettings.from_environment().templates_dir
    checked = _checked()
    found = [*checked.folder(), *(checked.folder(folder) if folder else ())]
    if found:
        lines = [*map(str, found), "", f"{len(found)} to mend. docs/templates.md says how the texts work."]
        return DOES_NOT_FIT, "\n".join(lines)
    return FITS, _all_well(len(checked.names), None if folder is None else len(checked.own(folder)))


def misfits(folder: Path) -> tuple[Finding, ...]:
    """Return what does not fit in a folder of one's own."""
    return _checked().folder(folder)


def _checked() -> TemplateCheck:
    # What stands around the words makes no difference to whether they fit.
    return TemplateCheck(
        Templates(
            escape=str, channel_link=str, mention=str, moment=lambda at, **_: str(at), link=lambda url, _: url
        ),
        sorts(),
    )


def _all_well(ours: int, own: int | None) -> str:
    if own is None:
        return f"All {ours} texts of Drumbeat's fit. TEMPLATES_DIR is not set, so there are none of your own."
    if not own:
        return f"All {ours} texts of Drumbeat's fit. TEMPLATES_DIR holds none of your own yet."
    return f"All {ours} texts of Drumbeat's fit, and so {'does your one' if own == 1 else f'do your {own}'}."
