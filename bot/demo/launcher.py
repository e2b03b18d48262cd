"""``drumbeat demo``: the workspace in this process, the bot as its child, both ended together."""

import asyncio
import os
import secrets
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from pathlib import Path
from types import FrameType
from typing import Annotated

from pydantic import Field

from bot.clock import utc_now
from bot.demo.bot_process import BotProcess
from bot.demo.folder import open_folder
from bot.demo.listening import address_of, free_port, listening
from bot.demo.other_bot import invitation, until_it_answers
from bot.demo.page.routes import routes
from bot.demo.seed import seed
from bot.demo.server import Connection, Demo, create_demo
from bot.demo.serving import DemoServer
from bot.demo.state.app_manifest import uses_socket_mode
from bot.demo.state.snapshot import restore, save
from bot.demo.story import Story, studio_north
from bot.demo.time.kept import keep_clock
from bot.settings import ManifestSettings, SettingsProblem
from bot.slack.manifest import manifest
from models.value import Value

Prepare = Callable[[str, Story, datetime], None]

_KEPT = Path(".demo")
_SAVE_SECONDS = 1.0
_DELETED = "The demo has ended, and its data is deleted. `drumbeat demo --keep` keeps it.\n"
_STAYS = "The demo has ended. {folder} has its data, and the next `drumbeat demo --keep` goes on with it.\n"


class DemoSettings(ManifestSettings):
    """What whoever runs the demo may set."""

    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65535)] = 3000


class Options(Value):
    """Where to listen, and the folder that keeps what happens; None forgets it all."""

    host: str
    port: int
    folder: Path | None = None


def launch(*, keep: bool, in_socket_mode: bool, without_bot: bool) -> int:
    """Run the demo until it is interrupted; return the exit code."""
    try:
        settings = DemoSettings.from_environment()
        options = Options(settings.host, settings.port, _KEPT if keep else None)
        return run(
            options, manifest(None if in_socket_mode else settings.public_url), None if without_bot else seed
        )
    except SettingsProblem as problem:
        sys.stderr.write(f"{problem}\n")
        return 2


def run(options: Options, app_manifest: Mapping[str, object], prepare: Prepare | None) -> int:
    """Serve the workspace, with a bot whose database ``prepare`` has filled; return the exit code.

    Without it there is no bot but the one that somebody starts beside.

    Raises SettingsProblem when the port is taken.
    """
    with listening(options.host, options.port) as listener, open_folder(options.folder) as folder:
        demo_run = _Run(listener, folder, app_manifest, prepare, keep=options.folder is not None)
        code = asyncio.run(demo_run.until_stopped())
    farewell = _DELETED if options.folder is None else _STAYS.format(folder=folder)
    # Whoever read the output may be gone by now; a buffer would complain of that once more at the end.
    with suppress(BrokenPipeError):
        os.write(sys.stdout.fileno(), farewell.encode())
    return code


class _Run:
    """One run of the demo."""

    def __init__(
        self,
        listener: socket.socket,
        folder: Path,
        app_manifest: Mapping[str, object],
        prepare: Prepare | None,
        *,
        keep: bool,
    ) -> None:
        self._listener = listener
        self._folder = folder
        self._is_kept = keep
        self._database = folder / "drumbeat.db"
        self._prepare = prepare
        self._story = studio_north(utc_now())
        self._address = address_of(listener)
        self._connection = Connection(
            base_url=self._address,
            bot_url=f"http://127.0.0.1:{free_port()}",
            token=f"xoxb-demo-{secrets.token_hex(12)}",
            signing_secret=secrets.token_hex(16),
            app_token=f"xapp-demo-{secrets.token_hex(12)}" if uses_socket_mode(app_manifest) else "",
            clock=lambda: utc_now().timestamp(),
            data_place=str(self._database) if prepare else "",
        )
        self._demo = create_demo(self._story, app_manifest, self._connection, routes)
        self._server = DemoServer(self._demo)

    async def until_stopped(self) -> int:
        """Serve until a signal comes, or until the bot turns out unable to start."""
        async with _kept(self._demo, self._folder) if self._is_kept else _forgotten():
            serving = asyncio.create_task(self._server.serve(sockets=[self._listener]))
            bot = asyncio.create_task(self._run_bot())
            interrupted = asyncio.create_task(_interrupted())
            await asyncio.wait({serving, bot, interrupted}, return_when=asyncio.FIRST_COMPLETED)
            # The bot ends first, so that what it still has to say finds Slack's side open.
            bot.cancel()
            [ended] = await asyncio.gather(bot, return_exceptions=True)
            self._server.should_exit = True
            await serving
        if interrupted.done():
            return 0
        interrupted.cancel()
        if isinstance(ended, BaseException):
            raise ended
        sys.stderr.write(f"The bot cannot start: it ended with code {ended}. Its log is above.\n")
        return 1

    async def _run_bot(self) -> int:
        database_url = f"sqlite:///{self._database}"
        environment = self._environment(database_url)
        if self._prepare is None:
            _say(
                f"{self._story.team.name} is open, without a bot: {self._address}\n{invitation(environment)}"
            )
            await until_it_answers(self._connection.bot_url)
            if await self._demo.events.verify():
                _say("Your bot answers. Type /risk in #acme.\n")
            return await asyncio.Future()  # It may come and go until the demo ends.
        # It is there, on its way, before anybody comes: what they do then waits for it.
        process = BotProcess(
            environment, self._connection.bot_url, self._demo.switch, self._demo.travels, self._bot_answers
        )
        await asyncio.to_thread(self._prepare, database_url, self._story, self._demo.travels.clock())
        return await process.run()

    async def _bot_answers(self) -> None:
        """Begin: the bot answers for the first time."""
        await self._demo.events.verify()
        _say(self._welcome())

    def _environment(self, database_url: str) -> dict[str, str]:
        """Return what the bot is told; whoever runs the demo may still choose how much it logs."""
        defaults = {"LOG_FORMAT": "console", "LOG_LEVEL": "warning"}
        inherited = dict(os.environ)
        return {
            **defaults,
            **inherited,
            "SLACK_BOT_TOKEN": self._connection.token,
            "SLACK_APP_TOKEN": self._connection.app_token,
            "SLACK_SIGNING_SECRET": self._connection.signing_secret,
            "SLACK_API_URL": f"{self._address}/api/",
            "DATABASE_URL": database_url,
            "HOST": "127.0.0.1",
            "PORT": self._connection.bot_url.rpartition(":")[2],
            "DRUMBEAT_ADMINS": ",".join(person.id for person in self._story.people if person.is_admin),
        }

    def _welcome(self) -> str:
        return (
            f"{self._story.team.name} is open: {self._address}\n"
            f"Type /risk in #acme. Ctrl-C ends it{'' if self._is_kept else ' and deletes the data'}.\n"
            f"The bot's database: {self._database}\n"
        )


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


async def _interrupted() -> None:
    """Wait for Ctrl-C or for an order to stop."""
    loop, came = asyncio.get_running_loop(), asyncio.Event()

    def tell(_number: int, _frame: FrameType | None) -> None:
        loop.call_soon_threadsafe(came.set)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, tell)
    await came.wait()


@asynccontextmanager
async def _kept(demo: Demo, folder: Path) -> AsyncIterator[None]:
    """Take up the last run's workspace and its time, and keep this one's."""
    path = folder / "workspace.json"
    keep_clock(demo.travels.clock, folder / "clock")
    restore(demo.workspace, path)
    changed = asyncio.Event()
    demo.workspace.on_change = changed.set

    async def keep_saving() -> None:
        while await changed.wait():
            changed.clear()
            save(demo.workspace, path)
            await asyncio.sleep(_SAVE_SECONDS)

    saving = asyncio.create_task(keep_saving())
    try:
        yield
    finally:
        saving.cancel()
        save(demo.workspace, path)


@asynccontextmanager
async def _forgotten() -> AsyncIterator[None]:
    yield
