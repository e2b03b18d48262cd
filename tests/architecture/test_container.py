"""The image and the compose file: what they copy is there, what they run is ours, and nobody is root.

No container runs here; what a build does beyond this is tried by hand before a release.
"""

import json
import re
import subprocess
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.cli import main
from bot.settings import ManifestSettings, Settings
from tests.architecture.compose_file import Node, read

ROOT = Path(__file__).parents[2]


class Instruction(NamedTuple):
    """One instruction of the Dockerfile; continued lines are joined."""

    name: str
    arguments: str


def stages() -> list[list[Instruction]]:
    """Return the Dockerfile's instructions, by stage."""
    text = re.sub(r"^#.*\n", "", (ROOT / "Dockerfile").read_text(), flags=re.MULTILINE)
    found: list[list[Instruction]] = []
    for line in text.replace("\\\n", " ").splitlines():
        if not line.strip():
            continue
        instruction = Instruction(*line.split(None, 1))
        if instruction.name == "FROM":
            found.append([])
        found[-1].append(instruction)
    return found


def arguments(stage: list[Instruction], name: str) -> list[str]:
    return [each.arguments for each in stage if each.name == name]


def copied() -> list[str]:
    """Return what the first stage copies from the checkout."""
    build, _ = stages()
    return [source for line in arguments(build, "COPY") for source in line.split()[:-1]]


def tracked() -> set[str]:
    listed = subprocess.run(["git", "-C", str(ROOT), "ls-files"], capture_output=True, text=True, check=True)  # noqa: S607 - git is wherever it is.
    return set(listed.stdout.splitlines())


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="a copy without its history lists no files")
def test_all_that_is_copied_is_tracked_and_not_ignored() -> None:
    names = tracked()
    allowed = set((ROOT / ".dockerignore").read_text().splitlines())
    for source in copied():
        assert source in names or any(name.startswith(f"{source}/") for name in names), source
        assert f"!{source}" in allowed, source
    assert "*" in allowed


def test_the_image_is_made_of_what_the_wheel_is_made_of() -> None:
    pyproject = (ROOT / "pyproject.toml").read_text()
    packages = json.loads(re.search(r"^packages = (\[.*\])$", pyproject, re.MULTILINE)[1])  # type: ignore[index]
    assert {source for source in copied() if (ROOT / source).is_dir()} == set(packages)


def test_nothing_is_installed_without_its_hash() -> None:
    build, final = stages()
    installs = [line for line in arguments(build, "RUN") if "pip install" in line]
    assert installs
    for line in installs:
        for command in line.split("&&"):
            assert "pip install" not in command or "--require-hashes" in command or "--no-deps" in command
    assert not [line for line in arguments(final, "RUN") if "pip" in line]
    assert not (set(copied()) & {"tests", "requirements-dev.lock", "."})


def test_what_packs_it_is_held_to_the_same_versions_as_in_development() -> None:
    pin = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)
    development = dict(pin.findall((ROOT / "requirements-dev.lock").read_text()))
    for lock in ("requirements-build.lock", "requirements.lock"):
        pinned = dict(pin.findall((ROOT / lock).read_text()))
        assert pinned
        assert pinned.items() <= development.items()


def test_it_runs_as_somebody_who_may_do_nothing() -> None:
    _, final = stages()
    [user] = arguments(final, "USER")
    assert user.split(":")[0].isdigit()
    assert user.split(":")[0] != "0"
    order = [each.name for each in final]
    assert order.index("USER") > max(index for index, name in enumerate(order) if name in {"RUN", "COPY"})


def test_it_starts_the_bot_and_keeps_its_data_outside() -> None:
    _, final = stages()
    [entry], [command] = arguments(final, "ENTRYPOINT"), arguments(final, "CMD")
    assert json.loads(entry) == ["drumbeat"]
    assert json.loads(command) == ["serve"]
    [environment] = arguments(final, "ENV")
    values = dict(pair.split("=", 1) for pair in environment.split())
    assert values["HOST"] == "0.0.0.0"  # noqa: S104 - A container's own.
    [volume] = arguments(final, "VOLUME")
    assert values["DATABASE_URL"] == f"sqlite:///{volume}/drumbeat.db"


def test_the_health_check_is_python_that_compiles_and_asks_the_right_address() -> None:
    _, final = stages()
    [check] = arguments(final, "HEALTHCHECK")
    _, _, command = check.partition(" CMD ")
    program, option, code = json.loads(command)
    assert (program, option) == ("python", "-c")
    compile(code, "healthcheck", "exec")
    assert "'/healthz'" in code


# compose.yaml


def at(node: Node, *path: str) -> Node:
    for name in path:
        assert isinstance(node, dict), path
        node = node[name]
    return node


@pytest.fixture(scope="module")
def compose() -> Node:
    """Return compose.yaml."""
    return read((ROOT / "compose.yaml").read_text())


def test_the_bot_starts_after_the_tables_and_those_after_the_server(compose: Node) -> None:
    services = at(compose, "services")
    assert at(services, "drumbeat", "depends_on", "migrate", "condition") == "service_completed_successfully"
    assert at(services, "migrate", "depends_on", "postgres", "condition") == "service_healthy"
    assert "pg_isready" in str(at(services, "postgres", "healthcheck", "test"))
    assert at(services, "migrate", "restart") == "no"


@pytest.mark.parametrize("service", ["migrate", "drumbeat"])
def test_every_command_in_it_exists(compose: Node, service: str, capsys: pytest.CaptureFixture[str]) -> None:
    started = at(compose, "services", service)
    assert isinstance(started, dict)
    command = started.get("command", ["serve"])
    assert isinstance(command, list)
    with pytest.raises(SystemExit) as end:
        main([*map(str, command), "--help"])
    assert end.value.code == 0
    assert "usage: drumbeat" in capsys.readouterr().out


def test_every_setting_in_it_is_one(compose: Node) -> None:
    environment = at(compose, "services", "drumbeat", "environment")
    assert isinstance(environment, dict)
    known = {name.upper() for kind in (Settings, ManifestSettings) for name in kind.model_fields}
    assert set(environment) <= known


def test_both_use_one_database_and_no_secret_is_written_down(compose: Node) -> None:
    services = at(compose, "services")
    url = at(services, "drumbeat", "environment", "DATABASE_URL")
    assert url == at(services, "migrate", "environment", "DATABASE_URL")
    assert url == "postgresql://drumbeat:${POSTGRES_PASSWORD}@postgres/drumbeat"
    secrets = [
        at(services, "postgres", "environment", "POSTGRES_PASSWORD"),
        at(services, "drumbeat", "environment", "SLACK_BOT_TOKEN"),
    ]
    assert all(str(secret).startswith("${") for secret in secrets)


def test_only_this_machine_reaches_it_and_it_writes_nowhere(compose: Node) -> None:
    bot = at(compose, "services", "drumbeat")
    ports = at(bot, "ports")
    assert isinstance(ports, list)
    assert all(str(port).startswith("127.0.0.1:") for port in ports)
    assert at(bot, "read_only") == "true"
    assert at(bot, "cap_drop") == ["ALL"]
    postgres = at(compose, "services", "postgres")
    assert isinstance(postgres, dict)
    assert "ports" not in postgres


def test_volumes_that_are_used_are_declared(compose: Node) -> None:
    volumes = at(compose, "services", "postgres", "volumes")
    assert isinstance(volumes, list)
    assert {str(volume).split(":")[0] for volume in volumes} <= set(at(compose, "volumes"))


@pytest.mark.parametrize("line", ["a: &b c", "a: {b: c}", "a: |", "a: b: c", "a: 1\na: 2", "\ta: b"])
def test_what_is_not_plain_is_refused_rather_than_misread(line: str) -> None:
    with pytest.raises(ValueError, match="plain"):
        read(line)
