"""The guides: what they say of permissions, settings and commands is what the program does."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli import _parser
from bot.doctor.findings import Subject
from bot.settings import WHERE_TO_FIND
from bot.slack.manifest import SCOPES, manifest
from handlers.drumbeat.settings import is_wish
from handlers.events.subscriptions import SUBSCRIPTIONS
from handlers.grammar import COMMANDS, parse
from handlers.plans.listeners import kind_meant
from handlers.typed.text import read_text

ROOT = Path(__file__).parents[2]
INSTALL, OPERATE, APPROVAL, TEMPLATES, LISTED = (
    ROOT / "docs" / f"{name}.md" for name in ("install", "operate", "approval", "templates", "commands")
)
EVERY_PAGE = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
COMPOSE_ONLY = {"POSTGRES_PASSWORD"}


def rows(page: Path) -> list[list[str]]:
    """Return the cells of every table's row."""
    lines = [line for line in page.read_text().splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in line.strip("|").split(" | ")] for line in lines]


def test_the_approver_reads_of_each_permission_what_the_manifest_says() -> None:
    scopes = [row for row in rows(APPROVAL) if re.fullmatch(r"`[a-z]+(:[a-z.]+)?`", row[0])]
    assert scopes == [[f"`{scope.name}`", scope.why, scope.without] for scope in SCOPES]


def test_no_permission_allows_what_the_approver_is_told_cannot_be() -> None:
    reading = [scope.name for scope in SCOPES if "history" in scope.name or "files:read" in scope.name]
    assert reading == ["im:history", "channels:history", "groups:history"], "docs/approval.md says what for"
    abroad = [scope.name for scope in SCOPES if scope.name in {"chat:write.public", "admin"}]
    assert abroad == [], "docs/approval.md says that it writes only where it was invited"
    made = manifest("https://drumbeat.example.com")
    assert set(made["oauth_config"]["scopes"]) == {"bot"}, "docs/approval.md says: bot permissions only"


def test_the_approver_reads_of_each_event_what_it_is_for() -> None:
    listed = [row for row in rows(APPROVAL) if row[0].strip("`") in {each.name for each in SUBSCRIPTIONS}]
    assert listed == [[f"`{each.name}`", each.why] for each in SUBSCRIPTIONS]


@pytest.mark.parametrize("page", EVERY_PAGE, ids=lambda page: page.name)
def test_every_link_and_picture_leads_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text()):
        if target.startswith("https://"):
            continue
        name, _, anchor = target.partition("#")
        linked = (page.parent / name).resolve() if name else page
        assert linked.exists(), target
        if anchor:
            headings = re.findall(r"^#+ (.+)$", linked.read_text(), re.MULTILINE)
            assert anchor in {re.sub(r"[^a-z0-9 -]", "", each.lower()).replace(" ", "-") for each in headings}


@pytest.mark.parametrize("page", EVERY_PAGE, ids=lambda page: page.name)
def test_every_file_that_is_named_is_there(page: Path) -> None:
    named = re.findall(r"`((?:bot|docs|handlers|models|scheduled|tests)/[\w./-]+)`", page.read_text())
    assert [
        each for each in named if not (ROOT / each).exists() and not (ROOT / f"{each}.py").is_file()
    ] == []


@pytest.mark.parametrize("page", EVERY_PAGE, ids=lambda page: page.name)
def test_every_row_of_a_table_has_as_many_cells_as_its_head(page: Path) -> None:
    """Also within backticks a ``|`` ends a cell, unless a backslash stands before it."""
    for table in re.findall(r"(?:^\|.*\n)+", page.read_text(), re.MULTILINE):
        cells = {row: len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}
        assert len(set(cells.values())) == 1, cells


def test_the_list_of_commands_has_every_verb() -> None:
    typed = "\n".join(re.findall(r"`([^`]+)`", LISTED.read_text()))
    verbs = [(command.name, verb.name) for command in COMMANDS for verb in command.verbs]
    assert [each for each in verbs if not re.search(rf"\b{each[1]}\b", typed)] == []


def examples() -> Iterator[tuple[str, str]]:
    """Yield what the list of commands has to type: a command, and what stands behind it."""
    for row in rows(LISTED):
        name = ""
        for typed in re.findall(r"`([^`]+)`", row[0]) if row[0].startswith("`/") else ():
            first, _, rest = typed.partition(" ")
            name, text = (first[1:], rest) if typed.startswith("/") else (name, typed)
            yield name, read_text(text.replace("…", "ACME-R12").replace("@dana", "<@U012AB3CD>"))


@pytest.mark.parametrize(("name", "text"), list(examples()))
def test_every_example_in_the_list_of_commands_is_understood(name: str, text: str) -> None:
    [command] = [each for each in COMMANDS if each.name == name]
    parsed = parse(command, text)
    is_free = name in {"risk", "mood", "weekly"} and parsed.meant is parsed.unfit is None
    is_short = is_wish(text) if name == "drumbeat" else name == "project" and kind_meant(text)
    assert parsed.verb or is_free or is_short or text in {"", "ACME"}


def test_each_step_of_the_guide_has_a_picture() -> None:
    steps = re.split(r"^## ", INSTALL.read_text(), flags=re.MULTILINE)[1:]
    numbered = [step for step in steps if re.match(r"\d+\. ", step)]
    assert len(numbered) == 7
    assert [step.splitlines()[0] for step in numbered if "](images/" not in step] == []


def test_every_setting_that_the_guide_sets_is_one() -> None:
    texts = [page.read_text() for page in (INSTALL, OPERATE, TEMPLATES)]
    named = {name for text in texts for name in re.findall(r"\b([A-Z][A-Z_]+)=", text)}
    assert named
    assert named <= {*WHERE_TO_FIND, *COMPOSE_ONLY}


def test_the_guide_has_every_setting() -> None:
    listed = {name for row in rows(INSTALL) for name in re.findall(r"`([A-Z_]+)`", row[0])}
    assert listed == set(WHERE_TO_FIND)


def test_the_guide_explains_every_line_of_the_doctor() -> None:
    explained = {name for row in rows(OPERATE) for name in re.findall(r"`([a-z]+)`", row[0])}
    assert {subject.value for subject in Subject} <= explained


def test_compose_hands_on_whatever_is_set() -> None:
    bot = (ROOT / "compose.yaml").read_text().partition("\n  drumbeat:\n")[2]
    assert "    env_file: .env\n" in bot
    # What it sets itself is what would not fit a container, and what has to be there.
    own = {"DATABASE_URL", "HOST", "PORT", "TEMPLATES_DIR", "SLACK_BOT_TOKEN"}
    assert set(re.findall(r"^      ([A-Z_]+):", bot, re.MULTILINE)) == own
    assert "- ${TEMPLATES_DIR:-texts}:/texts:ro\n" in bot


def test_every_command_of_drumbeats_in_the_guides_is_one() -> None:
    """What follows ``drumbeat`` on a command's line is read by the program itself."""
    text = INSTALL.read_text() + OPERATE.read_text() + APPROVAL.read_text()
    blocks = "\n".join(re.findall(r"```\n(.*?)```", text, re.DOTALL))
    command = (
        r"(?:bin/|drumbeat |^)drumbeat ((?:serve|backup|copy|doctor|migrate|manifest|forget)\b[^#>|)\n]*)"
    )
    typed = re.findall(command, blocks, re.MULTILINE)
    named = {line.split()[0] for line in typed}
    assert named == {"serve", "backup", "copy", "doctor", "migrate", "manifest", "forget"}
    for line in typed:
        assert callable(_parser().parse_args(line.split()).run), line


def test_a_backup_is_only_for_its_owners_eyes() -> None:
    assert OPERATE.read_text().count("umask 077") == 3, "one for each that a shell writes"
