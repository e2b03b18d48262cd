"""Logs: one line each, tied together, and nothing in them that a person wrote or that opens a door."""

import json
import logging
from typing import Any

import pytest
import structlog

from bot import logs
from bot.settings import LogFormat, LogLevel


def lines(capfd: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    return [json.loads(line) for line in capfd.readouterr().err.splitlines()]


@pytest.fixture(autouse=True)
def _json() -> None:
    logs.configure(LogLevel.INFO, LogFormat.JSON)


def test_a_line_is_one_json_object_with_level_time_and_correlation(
    capfd: pytest.CaptureFixture[str],
) -> None:
    correlation_id = logs.new_correlation_id()
    structlog.get_logger().info("answered", status=200)
    [line] = lines(capfd)
    assert line["event"] == "answered"
    assert line["level"] == "info"
    assert line["status"] == 200
    assert line["correlation_id"] == correlation_id == logs.correlation_id()
    assert line["timestamp"].endswith("Z")


def test_each_request_gets_its_own_id() -> None:
    assert logs.new_correlation_id() != logs.new_correlation_id()


def test_an_error_is_told_by_kind_and_place_not_by_its_message(capfd: pytest.CaptureFixture[str]) -> None:
    try:
        try:
            raise KeyError("what Dana typed")  # noqa: EM101, TRY003, TRY301 - it is about the message.
        except KeyError as cause:
            raise ValueError("more of it") from cause  # noqa: EM101, TRY003 - as above.
    except ValueError:
        structlog.get_logger().exception("failed")
    written = capfd.readouterr().err
    assert "ValueError ← KeyError" in written
    assert "test_an_error_is_told_by_kind" in written
    assert "Dana" not in written
    assert "more of it" not in written


def test_the_machines_own_errors_keep_their_message(capfd: pytest.CaptureFixture[str]) -> None:
    try:
        open("/no/such/file").close()  # noqa: PTH123 - the plainest way to an OSError.
    except OSError:
        logging.getLogger("somebody").exception("failed")
    assert "No such file" in capfd.readouterr().err


@pytest.mark.parametrize(
    "secret", ["xoxb-12-34-abcDEF", "xapp-1-A2-b3", "postgresql://dana:hush@host/db", "xoxe.xoxb-1-abc"]
)
def test_tokens_and_passwords_in_a_librarys_line_are_struck_out(
    capfd: pytest.CaptureFixture[str], secret: str
) -> None:
    logging.getLogger("somebody").warning("cannot use %s today", secret)
    [line] = lines(capfd)
    assert "…" in line["event"]
    assert "today" in line["event"]
    assert "abc" not in line["event"]
    assert "hush" not in line["event"]
    assert "A2-b3" not in line["event"]


@pytest.mark.parametrize(
    "name", ["slack_sdk.web.base_client", "slack_bolt.App", "urllib3", "sqlalchemy.engine"]
)
def test_libraries_that_print_payloads_stay_quiet_even_at_debug(
    capfd: pytest.CaptureFixture[str], name: str
) -> None:
    logs.configure(LogLevel.DEBUG, LogFormat.JSON)
    logging.getLogger(name).debug("payload")
    logging.getLogger(name).info("payload")
    assert capfd.readouterr().err == ""


def test_our_own_modules_follow_the_level(capfd: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("handlers.edge.running").info("said")
    logging.getLogger("handlers.edge.running").debug("not said")
    assert [line["event"] for line in lines(capfd)] == ["said"]


def test_the_console_is_for_people(capfd: pytest.CaptureFixture[str]) -> None:
    logs.configure(LogLevel.WARNING, LogFormat.CONSOLE)
    structlog.get_logger().info("not said")
    structlog.get_logger().warning("careful", what="lane")
    written = capfd.readouterr().err
    assert "careful" in written
    assert "what=lane" in written
    assert "not said" not in written


def test_while_requests_are_answered_lines_keep_their_order_whoever_writes_them(
    capfd: pytest.CaptureFixture[str],
) -> None:
    with logs.gathering():
        structlog.get_logger().info("answered")
        logging.getLogger("handlers").warning("careful")
        structlog.get_logger().info("answered again")
    assert [line["event"] for line in lines(capfd)] == ["answered", "careful", "answered again"]
