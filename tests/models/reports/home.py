"""How the tests of Home open one, and what they read on it."""

from datetime import timedelta

from models.read_models import Actor
from models.read_models.home import HomePages, HomeView
from models.reports.home import Homes
from tests.models.world import NOW


def home(homes: Homes, actor: Actor, pages: HomePages | None = None, *, days: int = 0) -> HomeView:
    return homes.of(actor, pages or HomePages(), now=NOW + timedelta(days=days))
