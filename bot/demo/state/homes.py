"""The app's Home tab, as the bot published it for each person."""

import secrets
from collections.abc import Callable

from bot.demo.errors import Code, SlackError
from bot.demo.limits import check_home
from bot.demo.state.block_ids import filled_in
from bot.demo.state.state_values import still_fitting
from bot.demo.values import OpenView, RawValues
from models.value import replace


class Homes:
    """At most one view a person, which stays until it is published anew."""

    def __init__(self, clock: Callable[[], float], changed: Callable[[str], None]) -> None:
        """Take the clock and whom to tell, by user id, that a person's home changed."""
        self._clock = clock
        self._changed = changed
        self._published: dict[str, OpenView] = {}

    def of(self, user_id: str) -> OpenView | None:
        """Return what is published for the person."""
        return self._published.get(user_id)

    def publish(self, user_id: str, view: object, if_hash: str | None = None) -> OpenView:
        """Show it in the person's Home tab; what they typed stays where the ids and types are the same."""
        checked = check_home(view)
        before = self._published.get(user_id)
        if if_hash is not None and (before is None or if_hash != before.hash):
            raise SlackError(Code.HASH_CONFLICT)
        shown = {**checked, "blocks": filled_in(checked["blocks"])}
        kept = still_fitting(before.view["blocks"], shown["blocks"], before.values) if before else {}
        view_id = before.id if before else "V" + secrets.token_hex(5).upper()
        fresh_hash = f"{int(self._clock())}.{secrets.token_hex(4)}"
        published = OpenView(
            id=view_id, user_id=user_id, view=shown, hash=fresh_hash, root_id=view_id, values=kept
        )
        self._published[user_id] = published
        self._changed(user_id)
        return published

    def remember(self, user_id: str, values: RawValues) -> OpenView:
        """Keep what the person typed; their page shows it already."""
        self._published[user_id] = replace(self._published[user_id], values=values)
        return self._published[user_id]
