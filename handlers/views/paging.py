"""The buttons that turn a list's pages, the same in every list."""

from collections.abc import Callable, Iterator

from handlers.blocks import Element, button
from handlers.ids import ActionId


def turning(
    page: int, pages: int, actions: tuple[ActionId, ActionId], value_of: Callable[[int], str]
) -> Iterator[Element]:
    """Yield the buttons back and on, where there is a page; ``value_of`` says what one to a page carries."""
    back, on = actions
    if page > 1:
        yield button("← Back", back, value_of(page - 1))
    if page < pages:
        yield button("Next →", on, value_of(page + 1))
