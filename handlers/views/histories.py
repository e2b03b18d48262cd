"""Lines of a record's history, in the words of its kind."""

from collections.abc import Callable, Mapping
from dataclasses import field

from handlers.blocks import escape
from models.read_models import FieldChange, HistoryEntry
from models.value import Value

_STATE = "status"


class HistoryWords(Value):
    """How what was done to a record, and each of its fields, reads; ``shown`` draws a field's values."""

    actions: Mapping[str, str]
    fields: Mapping[str, str]
    shown: Mapping[str, Callable[[str], str]]
    unshown: frozenset[str] = frozenset()
    """Fields that are not told, because something else tells the same."""
    long: frozenset[str] = field(default=frozenset())
    """Fields of which is only said that they changed."""
    telling: frozenset[str] = field(default=frozenset())
    """Actions that tell the new state by themselves."""

    def happened(self, entry: HistoryEntry) -> str:
        """Return one line of history without its time, safe as mrkdwn."""
        who = escape(entry.person.name) if entry.person else "Drumbeat"
        line = f"{who} {self.actions.get(entry.action, entry.action)}"
        told = () if entry.action == "logged" else entry.changes
        unshown = self.unshown | {_STATE} if entry.action in self.telling else self.unshown
        changed = [self.change(item) for item in told if item.field not in unshown]
        if changed:
            line += f": {', '.join(changed)}"
        return f"{line} — {escape(entry.reason)}" if entry.reason else line

    def change(self, item: FieldChange) -> str:
        """Return "how bad 3 → 5", safe as mrkdwn; a long text is only said to have changed.

        A field without a name has values that tell what they are.
        """
        name = self.fields.get(item.field, item.field)
        if item.field in self.long:
            return f"{name} rewritten"
        before, after = self._value(item.field, item.before), self._value(item.field, item.after)
        if item.field == _STATE:
            return f"it is {after} now"
        arrow = "→" if name or before else ""
        return " ".join(part for part in (name, before, arrow, after or "none") if part)

    def _value(self, name: str, value: str | None) -> str:
        if not value:
            return ""
        return self.shown[name](value) if name in self.shown else escape(value)
