"""One ritual that somebody does something to, and where they see what became of it."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from handlers.answers import Answer, OpenModal
from handlers.asks import Ask
from handlers.blocks import Block, section
from handlers.forms import reading
from handlers.kit import Kit
from handlers.origins import origin, today
from handlers.projects.finding import by_key
from handlers.rituals import views
from handlers.rituals.place import ListPlace
from handlers.rituals.words import in_order
from models.read_models import Actor, Origin, RitualCard, RitualSetup
from models.services.rituals.known import require_known
from models.value import Value

CARD = "card"
"""What stands in a message that shows one ritual; else it is which page of which list, as views write it."""


class Target(Value):
    """A ritual, whoever does something to it, and what stands where they asked for that."""

    kit: Kit
    ask: Ask
    actor: Actor
    ritual_id: UUID
    place: str = CARD
    replaces: bool = False
    """Whether that was a click, so that what becomes of it is shown in its place."""

    @property
    def now(self) -> datetime:
        """Return what time it is."""
        return self.kit.clock()

    @property
    def today(self) -> date:
        """Return the day it is where the person is."""
        return today(self.kit, self.actor)

    @property
    def origin(self) -> Origin:
        """Return where a change comes from."""
        return origin(self.kit, self.ask)

    def card(self) -> RitualCard:
        """Return the ritual with its next times. Raises NotFound, NotAllowed."""
        return self.kit.rituals.card(self.actor, self.ritual_id, now=self.now)

    def known_card(self) -> RitualCard:
        """Return the same. Raises Invalid, too, where only another version knows what the ritual is."""
        shown = self.card()
        require_known(self.kit.ritual_sorts, shown.setup)
        return shown

    def editable(self) -> RitualSetup:
        """Return the ritual if the person may change it. Raises NotFound, NotAllowed, Invalid."""
        return self.kit.rituals.editable(self.actor, self.ritual_id, now=self.now)

    def form(self, view: Block) -> OpenModal:
        """Open a form; once it is sent, what was clicked is shown anew."""
        return OpenModal(view, place=self.place if self.replaces else "")

    def tell(self, note: str) -> Answer:
        """Show the ritual, or the list, as it is now, with a sentence above."""
        return self.show([section(note)])

    def show(self, above: Sequence[Block] = ()) -> Answer:
        """Show the ritual, or the list, as it is now."""
        if self.place != CARD:
            return listed(self.kit, self.actor, self.place, self.now, above)
        zone = self.actor.timezone
        return views.card(self.card(), zone, self.today, above=above, replaces=self.replaces)


def listed(kit: Kit, actor: Actor, place: str, now: datetime, above: Sequence[Block] = ()) -> Answer:
    """Show a list in the place of itself: the page of it that ``place`` names. Raises Unreadable."""
    with reading():
        here = ListPlace.read(place)
    project = by_key(kit, actor, here.project_key) if here.project_key else None
    project_id = project.id if project else None
    shown = kit.rituals.page(actor, project_id, here.number, is_ended=here.is_ended, now=now)
    return views.ritual_list(
        shown,
        in_order(kit.ritual_sorts),
        actor.timezone,
        above=above,
        shows_adherence=here.shows_adherence,
        today=today(kit, actor),
        replaces=True,
    )
