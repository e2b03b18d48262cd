"""Acme's retrospectives: one two weeks ago, and one for which cards come in just now."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from models.commands import NewAction, NewCard, NewRetro
from models.database import Database
from models.read_models import Actor, Origin, ProjectView, RetroView
from models.rules.actions import ActionStatus
from models.services.actions.items import ActionItems
from models.services.retros.book import Retros
from models.services.retros.cards import RetroCards
from models.value import Value

_LAST = (
    ("sam", "start", "Mock the vendor's API, so that nobody waits for the sandbox"),
    ("sam", "stop", "Estimates without whoever does the work"),
    ("mina", "start", "Show designs before the refinement, not after"),
    ("alex", "continue", "Friday demos with Robin"),
    ("alex", "stop", "Releases that only one of us can do"),
    ("dana", "continue", "Writing decisions down the same day"),
    ("priya", "stop", "Promising dates in the client's call"),
)
_AGREED = (("Mock the vendor's API", "sam", True), ("Let two people do each release", "alex", True))
_LEFT = ("Show designs a day before the refinement", "mina", False)
_NOW = (
    ("sam", "start", "Ask the vendor for a date every Monday"),
    ("mina", "continue", "Pairing on the checkout"),
    ("mina", "stop", "Tickets without a picture"),
    ("alex", "start", "A second pair of eyes on the payment code"),
)


class Looker(Value):
    """Writes the story of who looked back on what."""

    database: Database
    actors: Mapping[str, Actor]
    origin: Origin
    now: datetime

    def look_back(self, project: ProjectView) -> None:
        """Hold one that led to three actions, two of which are done, and begin the next."""
        long_ago = self.now - timedelta(days=16)
        last = self._begin(project, _LAST, long_ago)
        closed_at = long_ago + timedelta(days=2)
        dana, retros, actions = self.actors["dana"], Retros(self.database), ActionItems(self.database)
        retros.close(dana, last.id, origin=self.origin, now=closed_at)
        for title, owner, is_done in (*_AGREED, _LEFT):
            by = self.actors[owner]
            due_on = (self.now + timedelta(days=-4 if is_done else 3)).date()
            wanted = NewAction(title, by.person.id, due_on)
            made = retros.add_action(by, last.id, wanted, origin=self.origin, now=closed_at).actions
            if is_done:
                done = next(each for each in made if each.title == title)
                at = self.now - timedelta(days=5)
                actions.settle(by, done.id, ActionStatus.DONE, origin=self.origin, now=at)
        self._begin(project, _NOW, self.now - timedelta(hours=5))

    def _begin(
        self, project: ProjectView, written: tuple[tuple[str, str, str], ...], at: datetime
    ) -> RetroView:
        wanted = NewRetro(project.id)
        retro = Retros(self.database).start(self.actors["dana"], wanted, origin=self.origin, now=at)
        for handle, column, text in written:
            card = NewCard(column, text)
            RetroCards(self.database).add(self.actors[handle], retro.id, [card], origin=self.origin, now=at)
        return retro
