"""The stack of modals each person has open."""

import secrets
from collections.abc import Callable, Iterable

from bot.demo.errors import Code, SlackError
from bot.demo.limits import check_view
from bot.demo.state.block_ids import filled_in
from bot.demo.state.state_values import still_fitting, with_offers
from bot.demo.values import JsonObject, OpenView, RawValues
from models.value import replace

_DEEPEST = 3


class Modals:
    """Open modals; on one that was opened, two more can be laid."""

    def __init__(self, clock: Callable[[], float], changed: Callable[[str], None]) -> None:
        """Take the clock and whom to tell, by user id, that a person's modals changed."""
        self._clock = clock
        self._changed = changed
        self._stacks: dict[str, list[OpenView]] = {}

    def of(self, user_id: str) -> list[OpenView]:
        """List the person's modals, bottom to top."""
        return list(self._stacks.get(user_id, ()))

    def find(self, view_id: str) -> OpenView | None:
        """Find an open modal."""
        views = (view for stack in self._stacks.values() for view in stack)
        return next((view for view in views if view.id == view_id), None)

    def find_external(self, external_id: str) -> OpenView | None:
        """Find an open modal by the id the bot gave it."""
        views = (view for stack in self._stacks.values() for view in stack)
        return next((view for view in views if view.view.get("external_id") == external_id), None)

    def push(self, user_id: str, view: object, *, root: bool) -> OpenView:
        """Put a new modal on top; a root starts a stack of its own, which Slack refuses nobody."""
        checked = self._checked(view, replacing=None)
        stack = self._stacks.setdefault(user_id, [])
        if not root and self._depth(stack) >= _DEEPEST:
            raise SlackError(Code.PUSH_LIMIT_REACHED)
        view_id = "V" + secrets.token_hex(5).upper()
        opened = OpenView(
            id=view_id,
            user_id=user_id,
            view=checked,
            hash=self._fresh_hash(),
            root_id=view_id if root or not stack else stack[-1].root_id,
            previous_id=stack[-1].id if stack and not root else None,
        )
        stack.append(opened)
        self._changed(user_id)
        return opened

    def update(self, view_id: str, view: object, if_hash: str | None = None) -> OpenView:
        """Show something else in an open modal; what was typed stays where the ids and types are the same."""
        present = self._known(view_id)
        checked = self._checked(view, replacing=view_id)
        if if_hash is not None and if_hash != present.hash:
            raise SlackError(Code.HASH_CONFLICT)
        fresh = with_offers(checked["blocks"], present.offered)
        kept = still_fitting(present.view["blocks"], fresh, present.values)
        return self._put(replace(present, view=checked, hash=self._fresh_hash(), errors={}, values=kept))

    def remember(self, view_id: str, values: RawValues) -> OpenView:
        """Keep what the person typed; their page shows it already."""
        return self._put(replace(self._known(view_id), values=values), tell=False)

    def offer(self, view_id: str, name: tuple[str, str], options: Iterable[JsonObject]) -> OpenView:
        """Remember what the bot suggested in a select, by block id and action id; only that can be chosen."""
        present, (block_id, action_id) = self._known(view_id), name
        selects = present.offered.get(block_id, {})
        added = {**selects.get(action_id, {}), **{option["value"]: option for option in options}}
        offered = {**present.offered, block_id: {**selects, action_id: added}}
        return self._put(replace(present, offered=offered), tell=False)

    def show_errors(self, view_id: str, errors: dict[str, str]) -> OpenView:
        """Show sentences beside the inputs of these block ids."""
        return self._put(replace(self._known(view_id), errors=errors))

    def close(self, view_id: str) -> None:
        """Take the modal and what lies on it off the stack; some are made to take all with them."""
        closed = self.find(view_id)
        if closed is None:
            return
        stack = self._stacks[closed.user_id]
        clears = bool(closed.view.get("clear_on_close"))
        self._stacks[closed.user_id] = [] if clears else stack[: stack.index(closed)]
        self._changed(closed.user_id)

    def clear(self, user_id: str) -> None:
        """Close all modals of the person."""
        self._stacks.pop(user_id, None)
        self._changed(user_id)

    @staticmethod
    def _depth(stack: list[OpenView]) -> int:
        """Count those that lie on the same root as the uppermost, and the root."""
        return sum(view.root_id == stack[-1].root_id for view in stack) if stack else 0

    def _checked(self, view: object, replacing: str | None) -> JsonObject:
        checked = check_view(view)
        external_id = checked.get("external_id")
        holder = self.find_external(external_id) if external_id else None
        if holder is not None and holder.id != replacing:
            raise SlackError(Code.DUPLICATE_EXTERNAL_ID)
        return {**checked, "blocks": filled_in(checked["blocks"])}

    def _known(self, view_id: str) -> OpenView:
        present = self.find(view_id)
        if present is None:
            raise SlackError(Code.NOT_FOUND)
        return present

    def _put(self, changed: OpenView, *, tell: bool = True) -> OpenView:
        stack = self._stacks[changed.user_id]
        stack[[view.id for view in stack].index(changed.id)] = changed
        if tell:
            self._changed(changed.user_id)
        return changed

    def _fresh_hash(self) -> str:
        return f"{int(self._clock())}.{secrets.token_hex(4)}"
