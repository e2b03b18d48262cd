"""``drumbeat demo``: one command starts both halves, and both end together."""

import os
import signal
import socket
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import httpx
import pytest

from bot.demo.folder import open_folder
from bot.demo.listening import listening
from bot.settings import SettingsProblem
from tests.demo.launched import (
    PATIENCE,
    ROOT,
    address,
    complaints_of_both,
    ended,
    fragment,
    press,
    started,
    until,
)


def test_the_page_answers_and_a_signal_ends_both() -> None:
    with started() as process:
        page = httpx.get(address(process), follow_redirects=True)
        assert page.status_code == 200
        assert "acme" in page.text
        assert process.stdout
        assert "deletes the data" in process.stdout.readline()
        database = Path(process.stdout.readline().rpartition(" ")[2].strip())
        assert database.parent.is_dir()
        process.send_signal(signal.SIGTERM)
        told, complaints = ended(process)
        assert complaints == ""
        assert process.returncode == 0
        assert "its data is deleted" in told
        assert not database.parent.exists()


def test_the_bot_answers_in_socket_mode_also_whoever_comes_before_it() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as probe:
        port = probe.getsockname()[1]
    with started(public_url="", port=port) as process:
        patient = httpx.Client(transport=httpx.HTTPTransport(retries=8))
        asked = {"conversation_id": "C01ACME", "text": "/risk help"}
        at = f"http://127.0.0.1:{port}"
        with patient:
            assert patient.post(f"{at}/gestures/U01SAM/say", json=asked, timeout=PATIENCE).json()["ok"]
        assert address(process) == at
        process.send_signal(signal.SIGTERM)
        assert complaints_of_both(process) == ""
        assert process.returncode == 0


def test_the_bot_ends_when_the_demo_is_killed() -> None:
    with started() as process:
        assert address(process)
        process.kill()
        complaints_of_both(process)


def test_what_happened_is_kept(tmp_path: Path) -> None:
    for times in (1, 2):
        with started(tmp_path) as process:
            at = address(process)
            said = {"conversation_id": "C01ACME", "text": f"Said in run {times}"}
            assert httpx.post(f"{at}/gestures/U01SAM/say", json=said).is_success
            page = httpx.get(f"{at}/client/U01SAM/C01ACME").text
            assert [number for number in (1, 2) if f"Said in run {number}" in page] == [1, 2][:times]
            process.send_signal(signal.SIGTERM)
            told, complaints = ended(process)
            assert complaints == ""
            assert f"{tmp_path} has its data" in told


def test_a_folder_is_kept_by_one_demo_at_a_time(tmp_path: Path) -> None:
    with open_folder(tmp_path):
        with pytest.raises(SettingsProblem, match="another one keeps what happens in"), open_folder(tmp_path):
            pytest.fail("two would write the same files")
        with open_folder(None) as passing:
            assert passing.is_dir()
    with open_folder(tmp_path) as again:
        assert again == tmp_path.resolve()


@pytest.mark.parametrize("host", ["1.2.3.4", "no-such-host.invalid"])
def test_a_host_that_is_not_this_machines_is_told_as_that(host: str) -> None:
    with (
        pytest.raises(SettingsProblem, match=r"is no address of this machine\.\nChoose another host"),
        listening(host, 0),
    ):
        pytest.fail("nobody listens there")


def test_a_taken_port_is_explained() -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as taken:
        port = taken.getsockname()[1]
        environment = {"PATH": "", "PORT": str(port)}
        run = subprocess.run(
            [sys.executable, "-m", "bot", "demo"],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )
    assert run.returncode == 2
    assert f"127.0.0.1:{port} is in use by another program" in run.stderr
    assert f"PORT={port + 1} make demo" in run.stderr


def test_a_bot_of_ones_own_is_told_all_it_needs(tmp_path: Path) -> None:
    with started(has_bot=False) as process:
        at = address(process)
        assert process.stdout
        told = {}
        while (line := process.stdout.readline().strip()) != "drumbeat serve":
            if line.startswith("export "):
                name, _, told[name] = line.removeprefix("export ").partition("=")
        assert told.pop("SLACK_API_URL") == f"{at}/api/"
        environment = {**told, "SLACK_API_URL": f"{at}/api/", "DATABASE_URL": f"sqlite:///{tmp_path}/own.db"}
        command = [sys.executable, "-m", "bot", "serve"]
        with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL) as bot:
            try:
                assert process.stdout.readline() == "\n"
                assert process.stdout.readline().startswith("Your bot answers.")
                assert press(at, "say", conversation_id="C01ACME", text="/risk help")["ok"]
            finally:
                bot.terminate()
        process.send_signal(signal.SIGTERM)
        assert complaints_of_both(process) == ""


def children(process: subprocess.Popen[str]) -> list[int]:
    """Return the processes that the demo has started and that still run."""
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
    return [int(each) for each in listed.split()]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="Only Linux lists a process's children.")
def test_the_bot_is_started_anew_from_the_page_also_after_a_kill() -> None:
    with started() as process:
        at = address(process)
        until(at, "running")
        [first] = children(process)
        assert os.getsid(first) == first, "a terminal's Ctrl-C is for the demo alone, which then ends the bot"

        assert press(at, "restart-bot")["ok"]
        assert press(at, "restart-bot") == {"ok": False, "error": "The bot is on its way already."}
        assert "Bot restarting" in fragment(at, "bot")
        assert press(at, "say", conversation_id="C01ACME", text="/risk help")["ok"], "it waits for the bot"
        until(at, "running")
        [second] = children(process)
        assert second != first

        os.kill(second, signal.SIGKILL)
        until(at, "down")
        assert children(process) == []
        assert not press(at, "say", conversation_id="C01ACME", text="/risk help")["ok"]
        page = httpx.get(f"{at}/client/U01SAM/C01ACME").text
        assert "failed with the error" in page
        assert ">Start</button>" in page

        assert press(at, "restart-bot")["ok"]
        until(at, "running")
        assert len(children(process)) == 1
        assert press(at, "say", conversation_id="C01ACME", text="/risk help")["ok"]
        process.send_signal(signal.SIGTERM)
        assert "ended by itself, with code -9" in complaints_of_both(process)
        assert process.returncode == 0
