"""How pages hear of changes."""

import asyncio
from collections.abc import AsyncIterator, Collection
from weakref import WeakSet

from bot.demo.values import Change


class Subscription(AsyncIterator[Change]):
    """The changes one page waits for; it starts with the moment it is made, and ends by being forgotten."""

    def __init__(self, user_id: str) -> None:
        """Take whose page it is."""
        self.user_id = user_id
        self._changes: asyncio.Queue[Change | None] = asyncio.Queue()

    async def __anext__(self) -> Change:
        """Wait for the next change; the iteration ends when the workspace closes."""
        change = await self._changes.get()
        if change is None:
            raise StopAsyncIteration
        return change

    def put(self, change: Change | None) -> None:
        """Hand over a change, or None for the end."""
        self._changes.put_nowait(change)


class Subscriptions:
    """All pages that are open."""

    def __init__(self) -> None:
        """Start with none."""
        self._open: WeakSet[Subscription] = WeakSet()

    def add(self, user_id: str) -> Subscription:
        """Open one."""
        subscription = Subscription(user_id)
        self._open.add(subscription)
        return subscription

    def tell(self, change: Change, user_ids: Collection[str]) -> None:
        """Hand the change to the pages of these people."""
        for subscription in list(self._open):
            if subscription.user_id in user_ids:
                subscription.put(change)

    def end(self) -> None:
        """End all, so that a server that stops need not wait for its pages."""
        for subscription in list(self._open):
            subscription.put(None)
