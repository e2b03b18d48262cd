"""Puts a person's home in front of them: when they come to it, and after what they do in Slack."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from handlers.asks import Ask, Click
from handlers.blocks import Block
from handlers.edge.prefixing import in_blocks
from handlers.home import views
from handlers.home.pages import pages_of
from models.read_models import Actor
from models.read_models.home import HomePages
from models.reports.home import Homes
from models.services.people import People
from models.services.visits import Visits
from models.value import Value


class HomePublisher(Value):
    """Draws homes and hands them to Slack. To publish one again does no harm; a lost one is drawn anew."""

    homes: Homes
    visits: Visits
    people: People
    publish: Callable[[str, Mapping[str, Any]], None]
    """Takes a Slack id and a view, and logs its failures."""
    workspace_id: Callable[[str, str], UUID]
    clock: Callable[[], datetime]
    prefix: str
    afterwards: Callable[[Hashable, Callable[[], None]], None]
    """Does something once the answer is out, and only the last of what has the same name."""
    tell_error: Callable[[str, Exception], bool]
    """Logs what an error kept from being done."""

    def welcome(self, actor: Actor) -> None:
        """Show the home to who has just come to it."""
        self.visits.note(actor, now=self.clock())
        self.show(actor)

    def turn_away(self, slack_user_id: str) -> None:
        """Show who is not of the team a polite page without anything."""
        self.publish(slack_user_id, views.turned_away())

    def show(self, actor: Actor, pages: HomePages | None = None, note: Sequence[Block] = ()) -> None:
        """Draw the home as things stand, under what was just done."""
        shown = pages or HomePages()
        found = self.homes.of(actor, shown, now=self.clock())
        drawn = views.view(found, shown, note)
        self.publish(actor.person.slack_user_id, in_blocks(drawn, self.prefix))

    def follow(self, ask: Ask, note: Sequence[Block] = ()) -> None:
        """Draw the home anew after what somebody did, if they may have it before them.

        What they did is done: that their home cannot be drawn just now changes nothing about it.
        """
        try:
            actor = self.people.find(self.workspace_id(ask.enterprise_id, ask.team_id), ask.user_id)
            if actor is not None and actor.is_full_member and self.visits.may_look(actor, now=self.clock()):
                self.show(actor, _pages_before(ask), note)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is logged.
            self.tell_error("a home could not be drawn anew", error)

    def follow_later(self, ask: Ask) -> None:
        """Draw the home anew once the answer is out: whoever asks looks at a conversation meanwhile."""
        self.afterwards((ask.team_id, ask.user_id), lambda: self.follow(ask))


def _pages_before(ask: Ask) -> HomePages | None:
    """Return the pages that were shown where the click was made; None where it was made elsewhere."""
    return pages_of(ask.home) if isinstance(ask, Click) and ask.home is not None else None
