"""Finds the listener of whatever comes in by its name, in one look."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import TypeVar

from slack_bolt import BoltRequest, BoltResponse
from slack_bolt.middleware import Middleware

from handlers.answers import ClickAnswer, CommandAnswer, ShortcutAnswer, SubmissionAnswer, Suggested
from handlers.asks import Ask, Chosen, Click, Happening, Looking, Submission
from handlers.callback_ids import CallbackId, ShortcutId, SourceId
from handlers.edge.payloads import ROUTE, Kind, kind_of, name_of
from handlers.edge.running import (
    Listener,
    click_listener,
    command_listener,
    event_listener,
    shortcut_listener,
    submission_listener,
    suggestion_listener,
)
from handlers.events.subscriptions import EventType
from handlers.ids import ActionId
from handlers.kit import Kit

Run = TypeVar("Run")


class Routes(Middleware):
    """Holds every listener by the kind and the name of what it answers; what has none goes on.

    Bolt asks its listeners one after the other whether something is theirs, and makes some thirty arguments
    for each that it asks and for the one that it runs: with two hundred of them two to four milliseconds.
    """

    def __init__(self, kit: Kit) -> None:
        """Take what all listeners work with."""
        self._kit = kit
        self._listeners: dict[tuple[Kind, str], Listener] = {}
        self._clicks: dict[str, Callable[[Kit, Click], ClickAnswer]] = {}

    def commands(self, runs: Mapping[str, Callable[[Kit, Ask, str], CommandAnswer]]) -> None:
        """Add commands, by their names without slash and prefix."""
        named = {f"/{self._kit.prefix}{name}": run for name, run in runs.items()}
        self._add(Kind.COMMAND, command_listener, named.items())

    def clicks(self, runs: Mapping[ActionId, Callable[[Kit, Click], ClickAnswer]]) -> None:
        """Add buttons and choices."""
        self._clicks |= {str(name): run for name, run in runs.items()}
        self._add(Kind.CLICK, partial(click_listener, clicks=self._clicks), runs.items())

    def submissions(self, runs: Mapping[CallbackId, Callable[[Kit, Submission], SubmissionAnswer]]) -> None:
        """Add modals that are sent."""
        self._add(Kind.SUBMISSION, partial(submission_listener, clicks=self._clicks), runs.items())

    def shortcuts(self, runs: Mapping[ShortcutId, Callable[[Kit, Chosen], ShortcutAnswer]]) -> None:
        """Add shortcuts, on a message or anywhere."""
        self._add(Kind.SHORTCUT, shortcut_listener, runs.items())
        self._add(Kind.MESSAGE_SHORTCUT, shortcut_listener, runs.items())

    def choices(self, runs: Mapping[SourceId, Callable[[Kit, Looking], Suggested]]) -> None:
        """Add selects that ask what they have on offer."""
        self._add(Kind.CHOICES, suggestion_listener, runs.items())

    def events(self, runs: Mapping[EventType, Callable[[Kit, Happening], None]]) -> None:
        """Add events that the manifest subscribes to."""
        self._add(Kind.EVENT, event_listener, runs.items())

    def names(self, kind: Kind) -> frozenset[str]:
        """Return what is answered."""
        return frozenset(name for each, name in self._listeners if each is kind)

    def process(
        self,
        *,
        req: BoltRequest,
        resp: BoltResponse,  # noqa: ARG002 - Bolt's signature.
        next: Callable[[], BoltResponse],  # noqa: A002 - Bolt's signature.
    ) -> BoltResponse | None:
        """Run the listener. It comes behind the question which installation this is."""
        name = name_of(req.body)
        if name is None:
            return next()
        route = (kind_of(req.body), name)
        listener = self._listeners.get(route)
        if listener is None:
            return next()
        req.context[ROUTE] = route
        listener(req)
        return req.context.ack.response

    def _add(self, kind: Kind, wrap: Callable[[Kit, Run], Listener], runs: Iterable[tuple[str, Run]]) -> None:
        """Add listeners. Raises ValueError where something is to be answered twice."""
        for name, run in runs:
            if (kind, name) in self._listeners:
                msg = f"{kind.value} {name} has two listeners"
                raise ValueError(msg)
            self._listeners[kind, str(name)] = wrap(self._kit, run)
