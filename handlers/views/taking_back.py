"""Taking something back: whether it still may be is known before anybody is asked, and the answer says so."""

from uuid import UUID

from handlers.answers import Answer, say
from handlers.blocks import Element, actions, button
from handlers.ids import ActionId
from models.rules.sentences import ended
from models.value import Value, replace


class Undo(Value):
    """The buttons of one sort of record: the one that asks, the one that does it, and the way back."""

    ask: ActionId
    take_back: ActionId
    details: ActionId

    def button(self, record_id: UUID) -> Element:
        """Return the button that asks whether to take the record back."""
        return button("Undo", self.ask, str(record_id))

    def asked(self, record_id: UUID, headline: str) -> Answer:
        """Ask whether to take the record back."""
        return asked(
            f"Take {headline} back? It goes from every list and from the channel.",
            button("Take it back", self.take_back, str(record_id), style="danger"),
            button("Details", self.details, str(record_id)),
        )


def asked(question: str, yes: Element, instead: Element) -> Answer:
    """Ask before something goes, in the place of the message in which that was wished."""
    return say(question, actions([yes, instead]), replaces=True)


def taken_back(reference: object, headline: str) -> Answer:
    """Confirm that a record was taken back."""
    text = f"{ended(f'Taken back: {headline}')} It is off every list."
    return replace(say(text, replaces=True), text=f"{reference} was taken back.")
