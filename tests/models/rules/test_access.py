"""The policy table, row by row: who may do what is written out here a second time."""

from itertools import product

import pytest

from models.rules.access import (
    Capability,
    Grant,
    OrganisationRole,
    ProjectRole,
    Relation,
    Standing,
    may,
)

GRANTS: tuple[Grant, ...] = (*OrganisationRole, *ProjectRole, *Relation)

# What a full member with that one grant may do. A admin, D delivery manager, L leader; on the project P
# manager, O product owner, E engineering lead, C account manager, M member; F a full member and nothing more;
# R whoever raised the record, W its owner, H whoever was asked to do something about it, K a client's contact
# to whom a question was put.
HEAD = "A D L P O E C M F R W H K"
TABLE = {
    "see_people":            "y y y y y y y y y y y y y",
    "grant_role":            "y - - - - - - - - - - - -",
    "run_doctor":            "y y - - - - - - - - - - -",
    "create_project":        "y y y y y y y y y y y y y",
    "see_project":           "y y y y y y y y y y y y y",
    "edit_project":          "- y - y y y y - - - - - -",
    "archive_project":       "y y - y - - - - - - - - -",
    "assign_role":           "- y - y y y y - - - - - -",
    "mark_colleague":        "y y - y y y y - - - - - -",
    "log_risk":              "y y y y y y y y y y y y y",
    "see_risk":              "y y y y y y y y y y y y y",
    "see_restricted_risk":   "- y - y y y y - - y y y -",
    "edit_risk":             "- y - y y y y - - y y - -",
    "score_risk":            "- y - y y y y - - - y - -",
    "reject_risk":           "- y - y y y y - - - - - -",
    "close_risk":            "- y - y y y y - - - y - -",
    "accept_risk":           "- y - y y y y - - - y - -",
    "escalate_risk":         "- y - y y y y - - - y - -",
    "mark_risk_happened":    "- y - y y y y - - - y - -",
    "review_risk":           "- y - y y y y - - - y - -",
    "reopen_risk":           "- y - y y y y - - - y - -",
    "undo_risk":             "- - - - - - - - - y - - -",
    "accept_grave_risk":     "- y - - - - - - - - - - -",
    "respond_to_risk":       "- y - y y y y - - - y - -",
    "see_action":            "y y y y y y y y y y y y y",
    "see_restricted_action": "- y - y y y y - - y y - -",
    "change_action":         "- y - y y y y - - y y - -",
    "change_phase":          "- y - y y y y - - - - - -",
    "change_measure":        "- y - y y y y - - - - - -",
    "change_milestone":      "- y - y y y y - - - - - -",
    "log_raid_item":         "y y y y y y y y y y y y y",
    "see_raid_item":         "y y y y y y y y y y y y y",
    "see_restricted_raid_item": "- y - y y y y - - y y y -",
    "edit_raid_item":        "- y - y y y y - - y y - -",
    "settle_raid_item":      "- y - y y y y - - y y - -",
    "add_raid_action":       "- y - y y y y - - y y - -",
    "decide":                "- y - y y y y - - - y - -",
    "undo_raid_item":        "- - - - - - - - - y - - -",
    "change_deliverable":    "- y - y y y y - - - - - -",
    "log_mood":              "y y y y y y y y y y y y y",
    "see_mood":              "y y y y y y y y y y y y y",
    "see_restricted_mood":   "- y - y y y y - - y - - -",
    "change_mood":           "- - - - - - - - - y - - -",
    "see_mood_alert":        "- y - y - - y - - - - - -",
    "take_mood_alert":       "- y - y - - y - - - - - -",
    "submit_status":         "- y - y y - - - - - - - -",
    "see_status":            "y y y y y y y y y y y y y",
    "see_inside_status":     "- y - y y y y - - - - - -",
    "see_surveys":           "- y y y y y y - - - - - -",
    "see_answers":           "- y - y - - y - - - - - -",
    "keep_contact":          "- y - y y y y - - - - - -",
    "forget_contact":        "- y - y - - y - - - - - -",
    "record_answer":         "- y - y - - y - - - - - -",
    "ask_client":            "- y - y - - y - - - - - -",
    "close_loop":            "- y - y - - y - - - - - -",
    "answer_survey":         "- - - - - - - - - - - - y",
    "see_agenda":            "y y y y y y y y y y y y y",
    "add_topic":             "y y y y y y y y y y y y y",
    "change_topic":          "- y - - - - - - - y - - -",
    "write_minutes":         "y y y y y y y y y y y y y",
    "start_retro":           "- y - y y y y y - - - - -",
    "see_retro":             "y y y y y y y y y y y y y",
    "run_retro":             "- y - y y y y - - y - - -",
    "add_card":              "y y y y y y y y y y y y y",
    "see_retro_cards":       "- y - y y y y y - - - - -",
    "add_retro_action":      "- y - y y y y y - y - - -",
    "see_ritual":            "y y y y y y y y y y y y y",
    "switch_on_ritual":      "y y - y y y y - - - - - -",
    "change_ritual":         "y y - y y y y - - - y - -",
    "change_days_off":       "y y - y y y y - - - - - -",
}  # fmt: skip
LETTERS: dict[str, Grant] = {
    "A": OrganisationRole.ADMIN,
    "D": OrganisationRole.DELIVERY_MANAGER,
    "L": OrganisationRole.LEADER,
    "P": ProjectRole.PROJECT_MANAGER,
    "O": ProjectRole.PRODUCT_OWNER,
    "E": ProjectRole.ENGINEERING_LEAD,
    "C": ProjectRole.ACCOUNT_MANAGER,
    "M": ProjectRole.MEMBER,
    "F": Relation.FULL_MEMBER,
    "R": Relation.RAISER,
    "W": Relation.OWNER,
    "H": Relation.HELPER,
    "K": Relation.CONTACT,
}
EXPECTED = {
    (Capability(capability), LETTERS[letter]): cell == "y"
    for capability, cells in TABLE.items()
    for letter, cell in zip(HEAD.split(), cells.split(), strict=True)
}


def _standing(grant: Grant, *, is_full_member: bool = True) -> Standing:
    return Standing(
        is_full_member=is_full_member,
        organisation_roles=frozenset({grant} if isinstance(grant, OrganisationRole) else ()),
        project_roles=frozenset({grant} if isinstance(grant, ProjectRole) else ()),
        relations=frozenset({grant} if isinstance(grant, Relation) else ()),
    )


def test_the_table_names_every_capability_and_every_grant() -> None:
    assert set(EXPECTED) == set(product(Capability, GRANTS))


@pytest.mark.parametrize(("capability", "grant"), list(product(Capability, GRANTS)))
def test_each_grant_allows_what_the_table_says(capability: Capability, grant: Grant) -> None:
    assert may(_standing(grant), capability) is EXPECTED[capability, grant]


@pytest.mark.parametrize(("capability", "grant"), list(product(Capability, GRANTS)))
def test_guests_and_people_of_another_team_may_only_answer_what_they_were_asked(
    capability: Capability, grant: Grant
) -> None:
    is_asked = (capability, grant) == (Capability.ANSWER_SURVEY, Relation.CONTACT)
    assert may(_standing(grant, is_full_member=False), capability) is is_asked


def test_no_two_grants_share_a_name() -> None:
    assert len({grant.value for grant in GRANTS}) == len(GRANTS)
