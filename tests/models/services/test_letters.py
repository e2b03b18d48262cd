"""Letters beyond the English ones: large and small are the same, whichever database it is."""

import pytest

from models.commands import NewProject
from models.read_models import Actor, ProjectView, RiskFilter
from tests.models.world import NOW, TODAY, World


@pytest.mark.parametrize("words", ["übergabe", "ÜBERGABE", "ämter", "Ämter"])
def test_a_risk_is_found_however_its_letters_are_typed(
    world: World, dana: Actor, acme: ProjectView, words: str
) -> None:
    world.log(dana, acme, "Übergabe an ÄMTER fehlt")
    assert world.register.page(dana, RiskFilter(words=words), today=TODAY).total == 1


def test_a_client_in_capitals_is_the_same_client(world: World, dana: Actor) -> None:
    def made(key: str, client: str) -> ProjectView:
        new = NewProject(key, key, client, f"C_{key}", "UTC", dana.person.id)
        return world.projects.create(dana, new, origin=world.origin(), now=NOW)

    assert made("AAA", "Müller Öl").client.id == made("BBB", "MÜLLER ÖL").client.id
