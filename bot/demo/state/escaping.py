"""What Slack makes of the text a person types: mentions become ids, and &, < and > become entities."""

import re
from collections.abc import Callable, Iterable

from bot.demo.values import Conversation, ConversationKind, Person

_BROADCASTS = {"here": "<!here>", "channel": "<!channel>", "everyone": "<!everyone>"}
_TOKEN = re.compile(
    r"(?P<url>https?://[^\s<>]+)"
    r"|(?<![\w@#])@(?P<person>[\w.-]*\w)"
    r"|(?<![\w@#])#(?P<channel>[\w-]+)"
)


class Escaper:
    """Knows the handles and the channels by which people mention each other."""

    def __init__(self, people: Iterable[Person], conversations: Iterable[Conversation]) -> None:
        """Take who and what may be mentioned."""
        self._people = {person.name.lower(): person for person in people}
        self._channels = {each.name: each for each in conversations if each.kind is not ConversationKind.IM}

    def message(self, text: str) -> str:
        """Return the text as Slack stores a message: ``@dana`` becomes ``<@U01DANA>``."""
        return self._with_mentions(text, lambda person: f"<@{person.id}>")

    def command(self, text: str) -> str:
        """Return the text as a command with ``should_escape`` gets it: ``<@U01DANA|dana>``."""
        return self._with_mentions(text, lambda person: f"<@{person.id}|{person.name}>")

    def _with_mentions(self, text: str, mention: Callable[[Person], str]) -> str:
        def written(match: re.Match[str]) -> str:
            word = match["person"] or ""
            if match["url"]:
                return f"<{_entities(match['url'])}>"
            if person := self._people.get(word.lower()):
                return mention(person)
            if channel := self._channels.get(match["channel"] or ""):
                return f"<#{channel.id}|{channel.name}>"
            return _BROADCASTS.get(word, match[0])

        parts, end = [], 0
        for match in _TOKEN.finditer(text):
            parts += [_entities(text[end : match.start()]), written(match)]
            end = match.end()
        return "".join([*parts, _entities(text[end:])])


def _entities(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
