"""A list's buttons carry what was asked for, all of it, within what Slack lets a button carry."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from handlers.blocks import BUTTON_VALUE_LENGTH
from handlers.risks.list_views import decode, encode
from handlers.risks.lists import SEARCH_LENGTH
from models.read_models import RiskFilter
from models.rules.risks.scoring import SeverityBand
from models.rules.risks.states import RiskStatus

ids = st.none() | st.integers(1, 2**128 - 1).map(lambda number: UUID(int=number))
filters = st.builds(
    RiskFilter,
    project_ids=st.lists(st.uuids(), max_size=8).map(tuple),
    mine=st.booleans(),
    page=st.integers(1, 999),
    band=st.none() | st.sampled_from(SeverityBand),
    status=st.none() | st.sampled_from(RiskStatus),
    owner_id=ids,
    late=st.booleans(),
    words=st.text(st.characters(exclude_categories=["Cs"]), max_size=SEARCH_LENGTH),
)


@given(filters)
def test_a_button_carries_the_whole_filter(wanted: RiskFilter) -> None:
    carried = encode(wanted)
    assert decode(carried) == wanted
    assert len(carried) <= BUTTON_VALUE_LENGTH
