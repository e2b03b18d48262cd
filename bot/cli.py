"""The command line: ``drumbeat serve``, ``demo``, ``doctor`` and what else whoever runs it types."""

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

from bot.demo import how_to_start, is_installed
from bot.lasting import lasting

REFUSED = 2
"""The exit code when something must be set or done first; the message says what."""
WITHOUT_DEMO = (
    "The demo needs libraries that a server does without: `make demo` in a checkout brings them, "
    "and so does `pip install '.[demo]'` there."
)
UNREAD = 141
"""The exit code when whoever read our output went away, as ``head`` does; shells call a closed pipe so."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code. Each imports what it needs, so that all start fast."""
    try:
        try:
            chosen = _parser().parse_args(arguments)
            code: int = _with_variables(chosen)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        # What is left of it goes nowhere, or Python would complain at its end.
        with Path(os.devnull).open("w") as nowhere:
            os.dup2(nowhere.fileno(), sys.stdout.fileno())
        return UNREAD
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="drumbeat", description=f"The Slack bot for delivery rituals. New here? Try {how_to_start()}."
    )
    parser.add_argument("--version", action="version", version=f"drumbeat {version('drumbeat-bot')}")
    commands = parser.add_subparsers(required=True, metavar="command")
    settings = argparse.ArgumentParser(add_help=False)
    settings.add_argument(
        "--env-file",
        metavar="FILE",
        type=Path,
        help="read the settings that the environment lacks from this file",
    )

    serve = commands.add_parser(
        "serve", parents=[settings], help="answer Slack; the settings come from the environment"
    )
    serve.set_defaults(run=_serve)

    demo = commands.add_parser("demo", help="open a workspace with a made-up company in the browser")
    demo.add_argument("--keep", action="store_true", help="keep what happens for the next time")
    demo.add_argument("--socket", action="store_true", help="let the bot connect in Socket Mode")
    demo.add_argument(
        "--no-bot", action="store_true", help="play Slack alone, for a `drumbeat serve` of your own"
    )
    demo.set_defaults(run=_demo)

    manifest = commands.add_parser(
        "manifest", parents=[settings], help="print the manifest from which Slack makes the app"
    )
    manifest.add_argument("--explain", action="store_true", help="say what each permission is for instead")
    manifest.add_argument(
        "--prefix", metavar="x", type=_prefix, help="make /risk into /x-risk; by default COMMAND_PREFIX"
    )
    manifest.add_argument(
        "--socket", action="store_true", help="for Socket Mode, which needs no address that Slack can reach"
    )
    manifest.set_defaults(run=_manifest)

    migrate = commands.add_parser(
        "migrate", parents=[settings], help="bring the database's schema up to date"
    )
    migrate.add_argument("--to", metavar="REV", help="go to that revision, also backwards")
    migrate.add_argument("--list", action="store_true", help="show all revisions, and change nothing")
    migrate.add_argument(
        "--yes", action="store_true", help="go backwards, and lose what only newer ones hold"
    )
    migrate.set_defaults(run=_migrate)

    backup = commands.add_parser(
        "backup", parents=[settings], help="copy SQLite's database while the bot runs"
    )
    backup.add_argument("target", metavar="FILE", help="a new file, a folder, or - for the output")
    backup.add_argument("--force", action="store_true", help="write over a file that is there")
    backup.set_defaults(run=_backup)

    copy = commands.add_parser(
        "copy", parents=[settings], help="bring SQLite's records into an empty Postgres"
    )
    copy.add_argument("file", metavar="FILE", type=Path, help="SQLite's file, which stays as it is")
    copy.set_defaults(run=_copy)

    forget = commands.add_parser("forget", parents=[settings], help="take a person's name out of the records")
    forget.add_argument("person", metavar="SLACK_ID", help="U012AB3CD: their profile, ⋮, Copy member ID")
    forget.add_argument("--yes", action="store_true", help="do it")
    forget.add_argument("--undo", action="store_true", help="let Slack tell their name again")
    forget.set_defaults(run=_forget)

    templates = commands.add_parser("templates", help="look after your own wording of the bot's messages")
    wanted = templates.add_subparsers(required=True, metavar="what")
    check = wanted.add_parser(
        "check", parents=[settings], help="say what in TEMPLATES_DIR doesn't fit, file by file"
    )
    check.set_defaults(run=_check_templates)

    doctor = commands.add_parser(
        "doctor", parents=[settings], help="find what is wrong with an installation, and how to mend it"
    )
    doctor.add_argument("--json", action="store_true", help="answer for a program")
    doctor.set_defaults(run=_doctor)
    return parser


def _with_variables(chosen: argparse.Namespace) -> int:
    file: Path | None = getattr(chosen, "env_file", None)
    if file is not None:
        from bot.env_file import UnreadableFile, load  # noqa: PLC0415 - most starts need none of it.

        try:
            load(file)
        except UnreadableFile as error:
            print(error, file=sys.stderr)
            return REFUSED
    code: int = chosen.run(chosen)
    return code


def _serve(_chosen: argparse.Namespace) -> int:
    with lasting():
        from bot.serve import serve  # noqa: PLC0415 - the other commands need none of it.

    return explaining(serve)


def _demo(chosen: argparse.Namespace) -> int:
    if not is_installed():
        print(WITHOUT_DEMO, file=sys.stderr)
        return REFUSED
    from bot.demo.launcher import launch  # noqa: PLC0415 - a server may not have its libraries.

    return launch(keep=chosen.keep, in_socket_mode=chosen.socket, without_bot=chosen.no_bot)


def _migrate(chosen: argparse.Namespace) -> int:
    from bot.migrate import listing, migrate  # noqa: PLC0415 - the other commands need none of it.

    if chosen.list:
        return explaining(lambda: print(listing()))
    return explaining(lambda: migrate(chosen.to, may_lose=chosen.yes))


def _backup(chosen: argparse.Namespace) -> int:
    from bot.backup import STDOUT, backup  # noqa: PLC0415 - as above.
    from bot.clock import utc_now  # noqa: PLC0415 - as above.

    def copy() -> None:
        told = backup(chosen.target, force=chosen.force, now=utc_now())
        print(told, file=sys.stderr if chosen.target == STDOUT else sys.stdout)

    return explaining(copy)


def _copy(chosen: argparse.Namespace) -> int:
    from bot.copy import copy  # noqa: PLC0415 - as above.

    return explaining(lambda: print(copy(chosen.file)))


def _forget(chosen: argparse.Namespace) -> int:
    from bot.clock import utc_now  # noqa: PLC0415 - as above.
    from bot.forget import forget  # noqa: PLC0415 - as above.

    return explaining(
        lambda: print(forget(chosen.person, is_sure=chosen.yes, undo=chosen.undo, now=utc_now()))
    )


def _doctor(chosen: argparse.Namespace) -> int:
    from bot.doctor.examination import doctor  # noqa: PLC0415 - as above.

    return doctor(in_json=chosen.json)


def _check_templates(_chosen: argparse.Namespace) -> int:
    from bot.settings import SettingsProblem  # noqa: PLC0415 - as above.
    from bot.templates import check  # noqa: PLC0415 - as above.

    try:
        code, told = check()
    except SettingsProblem as problem:
        print(problem, file=sys.stderr)
        return REFUSED
    print(told)
    return code


def _manifest(chosen: argparse.Namespace) -> int:
    from bot.settings import ManifestSettings  # noqa: PLC0415 - as above.
    from bot.slack.manifest import explanation, manifest  # noqa: PLC0415 - as above.

    def show() -> None:
        if chosen.explain:
            print(explanation())
            return
        settings = ManifestSettings.from_environment()
        prefix = settings.command_prefix if chosen.prefix is None else chosen.prefix
        public_url = None if chosen.socket else settings.public_url
        print(json.dumps(manifest(public_url, prefix), indent=2, ensure_ascii=False))
        if not chosen.socket and settings.doubt:
            print(settings.doubt, file=sys.stderr)
        if prefix != settings.command_prefix:
            print(f"The bot knows these commands once it runs with COMMAND_PREFIX={prefix}", file=sys.stderr)

    return explaining(show)


def _prefix(text: str) -> str:
    from bot.setting_shapes import checked_prefix  # noqa: PLC0415 - as above.

    try:
        return checked_prefix(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def explaining(run: Callable[[], None]) -> int:
    """Run it; where something must be set or done first, say so in words and without a trace."""
    from bot.settings import SettingsProblem  # noqa: PLC0415 - `--help` answers without pydantic.
    from models.errors import DatabaseNotReady  # noqa: PLC0415 - as above.

    try:
        run()
    except (SettingsProblem, DatabaseNotReady) as problem:
        print(problem, file=sys.stderr)
        return REFUSED
    return 0
