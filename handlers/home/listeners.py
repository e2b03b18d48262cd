"""The app's Home: somebody comes to it, or turns its pages."""

from handlers.access import Unwelcome, identify
from handlers.asks import Click, Happening
from handlers.edge.routes import Routes
from handlers.home.pages import decode
from handlers.ids import ActionId
from handlers.kit import Kit

HOME_TAB = "home"


def opened(kit: Kit, happening: Happening) -> None:
    """Show their home to who comes to it; the app's other tab needs nothing."""
    if happening.text("tab") != HOME_TAB:
        return
    try:
        kit.home.welcome(identify(kit, happening))
    except Unwelcome:
        kit.home.turn_away(happening.user_id)


def turned(kit: Kit, click: Click) -> None:
    """Show another page of a list."""
    kit.home.show(identify(kit, click), decode(click.value))


def register(routes: Routes) -> None:
    """Register the buttons that turn pages."""
    routes.clicks(dict.fromkeys(_TURNS, turned))


_TURNS = (ActionId.HOME_MINE_BACK, ActionId.HOME_MINE_ON, ActionId.HOME_ALL_BACK, ActionId.HOME_ALL_ON)
