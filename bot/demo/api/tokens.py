"""The tokens with which the bot calls the Web API: its own, and the app's for opening connections."""

from bot.demo.errors import Code, SlackError
from models.value import Value

_FOR_THE_APP = frozenset({"apps.connections.open"})


class Tokens(Value):
    """The only tokens that are let in. Without Socket Mode the app has none."""

    bot: str
    app: str = ""

    def check(self, method: str, header: str, argument: object) -> None:
        """Compare what came as a header or an argument with the token that the method wants.

        Raises SlackError. The app's token is only taken from the header.
        """
        scheme, _, bearer = header.partition(" ")
        given = bearer if scheme.lower() == "bearer" else argument
        if not given:
            raise SlackError(Code.NOT_AUTHED)
        wanted, other = (self.app, self.bot) if method in _FOR_THE_APP else (self.bot, self.app)
        if given == other:
            raise SlackError(Code.NOT_ALLOWED_TOKEN_TYPE)
        if given != wanted or (method in _FOR_THE_APP and given != bearer):
            raise SlackError(Code.INVALID_AUTH)
