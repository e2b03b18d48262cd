"""Who may do what: one table, asked by every service and by nothing else.

Source: the roles of a delivery organisation; the grants are our defaults.
"""

from dataclasses import field
from enum import StrEnum

from models.value import Value


class OrganisationRole(StrEnum):
    """A role in the whole workspace."""

    ADMIN = "admin"
    DELIVERY_MANAGER = "delivery_manager"
    LEADER = "leader"


class ProjectRole(StrEnum):
    """A role on one project; each may have deputies, who may do the same."""

    PROJECT_MANAGER = "project_manager"
    PRODUCT_OWNER = "product_owner"
    ENGINEERING_LEAD = "engineering_lead"
    ACCOUNT_MANAGER = "account_manager"
    MEMBER = "member"


class Relation(StrEnum):
    """What else ties a person to a record."""

    FULL_MEMBER = "full_member"
    RAISER = "raiser"
    """Whoever put the record there: raised the risk, wrote the mood reading."""
    OWNER = "owner"
    HELPER = "helper"
    """Asked to do something about it."""
    CONTACT = "contact"
    """The client's contact to whom a question was put; the one thing that somebody from outside can be."""


Grant = OrganisationRole | ProjectRole | Relation


class Capability(StrEnum):
    """A thing a person may want to do."""

    SEE_PEOPLE = "see_people"
    GRANT_ROLE = "grant_role"
    RUN_DOCTOR = "run_doctor"
    CREATE_PROJECT = "create_project"
    SEE_PROJECT = "see_project"
    EDIT_PROJECT = "edit_project"
    ARCHIVE_PROJECT = "archive_project"
    ASSIGN_ROLE = "assign_role"
    MARK_COLLEAGUE = "mark_colleague"
    LOG_RISK = "log_risk"
    SEE_RISK = "see_risk"
    SEE_RESTRICTED_RISK = "see_restricted_risk"
    EDIT_RISK = "edit_risk"
    SCORE_RISK = "score_risk"
    REJECT_RISK = "reject_risk"
    CLOSE_RISK = "close_risk"
    ACCEPT_RISK = "accept_risk"
    ESCALATE_RISK = "escalate_risk"
    MARK_RISK_HAPPENED = "mark_risk_happened"
    REVIEW_RISK = "review_risk"
    REOPEN_RISK = "reopen_risk"
    UNDO_RISK = "undo_risk"
    ACCEPT_GRAVE_RISK = "accept_grave_risk"
    LOG_RAID_ITEM = "log_raid_item"
    SEE_RAID_ITEM = "see_raid_item"
    SEE_RESTRICTED_RAID_ITEM = "see_restricted_raid_item"
    EDIT_RAID_ITEM = "edit_raid_item"
    SETTLE_RAID_ITEM = "settle_raid_item"
    ADD_RAID_ACTION = "add_raid_action"
    DECIDE = "decide"
    UNDO_RAID_ITEM = "undo_raid_item"
    LOG_MOOD = "log_mood"
    SEE_MOOD = "see_mood"
    SEE_RESTRICTED_MOOD = "see_restricted_mood"
    CHANGE_MOOD = "change_mood"
    SEE_MOOD_ALERT = "see_mood_alert"
    TAKE_MOOD_ALERT = "take_mood_alert"
    RESPOND_TO_RISK = "respond_to_risk"
    SEE_ACTION = "see_action"
    SEE_RESTRICTED_ACTION = "see_restricted_action"
    CHANGE_ACTION = "change_action"
    CHANGE_PHASE = "change_phase"
    CHANGE_MEASURE = "change_measure"
    CHANGE_MILESTONE = "change_milestone"
    SUBMIT_STATUS = "submit_status"
    SEE_STATUS = "see_status"
    SEE_INSIDE_STATUS = "see_inside_status"
    CHANGE_DELIVERABLE = "change_deliverable"
    SEE_SURVEYS = "see_surveys"
    SEE_ANSWERS = "see_answers"
    KEEP_CONTACT = "keep_contact"
    FORGET_CONTACT = "forget_contact"
    RECORD_ANSWER = "record_answer"
    ASK_CLIENT = "ask_client"
    SEE_AGENDA = "see_agenda"
    ADD_TOPIC = "add_topic"
    CHANGE_TOPIC = "change_topic"
    START_RETRO = "start_retro"
    SEE_RETRO = "see_retro"
    RUN_RETRO = "run_retro"
    ADD_CARD = "add_card"
    SEE_RETRO_CARDS = "see_retro_cards"
    ADD_RETRO_ACTION = "add_retro_action"
    CLOSE_LOOP = "close_loop"
    ANSWER_SURVEY = "answer_survey"
    WRITE_MINUTES = "write_minutes"
    SEE_RITUAL = "see_ritual"
    SWITCH_ON_RITUAL = "switch_on_ritual"
    CHANGE_RITUAL = "change_ritual"
    CHANGE_DAYS_OFF = "change_days_off"


LEADING_ROLES = frozenset(
    {
        ProjectRole.PROJECT_MANAGER,
        ProjectRole.PRODUCT_OWNER,
        ProjectRole.ENGINEERING_LEAD,
        ProjectRole.ACCOUNT_MANAGER,
    }
)
"""The project's own roles: whom confidential news reaches by direct message when no channel is safe."""

_LEADS = LEADING_ROLES | {OrganisationRole.DELIVERY_MANAGER}
ALERTED_ROLES = (ProjectRole.PROJECT_MANAGER, ProjectRole.ACCOUNT_MANAGER)
"""Whom a mood alert on their project reaches, beside the delivery managers, and nobody else."""

_TEAM = _LEADS | {ProjectRole.MEMBER}
_ALERTED: frozenset[Grant] = frozenset({*ALERTED_ROLES, OrganisationRole.DELIVERY_MANAGER})
"""Whom a client's trouble is for; they also ask how satisfied clients are, and read answers with names."""
_C = Capability

POLICY: dict[Capability, frozenset[Grant]] = {
    _C.SEE_PEOPLE: frozenset({Relation.FULL_MEMBER}),
    _C.GRANT_ROLE: frozenset({OrganisationRole.ADMIN}),
    _C.RUN_DOCTOR: frozenset({OrganisationRole.ADMIN, OrganisationRole.DELIVERY_MANAGER}),
    _C.CREATE_PROJECT: frozenset({Relation.FULL_MEMBER}),
    _C.SEE_PROJECT: frozenset({Relation.FULL_MEMBER}),
    _C.EDIT_PROJECT: frozenset(_LEADS),
    _C.ARCHIVE_PROJECT: frozenset(
        {ProjectRole.PROJECT_MANAGER, OrganisationRole.DELIVERY_MANAGER, OrganisationRole.ADMIN}
    ),
    _C.ASSIGN_ROLE: frozenset(_LEADS),
    _C.MARK_COLLEAGUE: frozenset(_LEADS | {OrganisationRole.ADMIN}),
    _C.LOG_RISK: frozenset({Relation.FULL_MEMBER}),
    _C.SEE_RISK: frozenset({Relation.FULL_MEMBER}),
    _C.SEE_RESTRICTED_RISK: frozenset(_LEADS | {Relation.RAISER, Relation.OWNER, Relation.HELPER}),
    _C.EDIT_RISK: frozenset(_LEADS | {Relation.RAISER, Relation.OWNER}),
    _C.SCORE_RISK: frozenset(_LEADS | {Relation.OWNER}),
    _C.REJECT_RISK: frozenset(_LEADS),
    _C.CLOSE_RISK: frozenset(_LEADS | {Relation.OWNER}),
    _C.ACCEPT_RISK: frozenset(_LEADS | {Relation.OWNER}),
    _C.ESCALATE_RISK: frozenset(_LEADS | {Relation.OWNER}),
    _C.MARK_RISK_HAPPENED: frozenset(_LEADS | {Relation.OWNER}),
    _C.REVIEW_RISK: frozenset(_LEADS | {Relation.OWNER}),
    _C.REOPEN_RISK: frozenset(_LEADS | {Relation.OWNER}),
    _C.UNDO_RISK: frozenset({Relation.RAISER}),
    _C.ACCEPT_GRAVE_RISK: frozenset({OrganisationRole.DELIVERY_MANAGER}),
    _C.LOG_RAID_ITEM: frozenset({Relation.FULL_MEMBER}),
    _C.SEE_RAID_ITEM: frozenset({Relation.FULL_MEMBER}),
    _C.SEE_RESTRICTED_RAID_ITEM: frozenset(_LEADS | {Relation.RAISER, Relation.OWNER, Relation.HELPER}),
    _C.EDIT_RAID_ITEM: frozenset(_LEADS | {Relation.RAISER, Relation.OWNER}),
    _C.SETTLE_RAID_ITEM: frozenset(_LEADS | {Relation.RAISER, Relation.OWNER}),
    _C.ADD_RAID_ACTION: frozenset(_LEADS | {Relation.RAISER, Relation.OWNER}),
    _C.DECIDE: frozenset(_LEADS | {Relation.OWNER}),
    _C.UNDO_RAID_ITEM: frozenset({Relation.RAISER}),
    _C.LOG_MOOD: frozenset({Relation.FULL_MEMBER}),
    _C.SEE_MOOD: frozenset({Relation.FULL_MEMBER}),
    _C.SEE_RESTRICTED_MOOD: frozenset(_LEADS | {Relation.RAISER}),
    _C.CHANGE_MOOD: frozenset({Relation.RAISER}),
    _C.SEE_MOOD_ALERT: _ALERTED,
    _C.TAKE_MOOD_ALERT: _ALERTED,
    _C.RESPOND_TO_RISK: frozenset(_LEADS | {Relation.OWNER}),
    _C.SEE_ACTION: frozenset({Relation.FULL_MEMBER}),
    _C.SEE_RESTRICTED_ACTION: frozenset(_LEADS | {Relation.RAISER, Relation.OWNER}),
    _C.CHANGE_ACTION: frozenset(_LEADS | {Relation.RAISER, Relation.OWNER}),
    _C.CHANGE_PHASE: frozenset(_LEADS),
    _C.CHANGE_MEASURE: frozenset(_LEADS),
    _C.CHANGE_MILESTONE: frozenset(_LEADS),
    _C.SUBMIT_STATUS: frozenset(
        {ProjectRole.PROJECT_MANAGER, ProjectRole.PRODUCT_OWNER, OrganisationRole.DELIVERY_MANAGER}
    ),
    _C.SEE_STATUS: frozenset({Relation.FULL_MEMBER}),
    _C.SEE_INSIDE_STATUS: frozenset(_LEADS),
    _C.CHANGE_DELIVERABLE: frozenset(_LEADS),
    _C.SEE_SURVEYS: frozenset(_LEADS | {OrganisationRole.LEADER}),
    _C.SEE_ANSWERS: _ALERTED,
    _C.KEEP_CONTACT: frozenset(_LEADS),
    _C.FORGET_CONTACT: _ALERTED,
    _C.RECORD_ANSWER: _ALERTED,
    _C.ASK_CLIENT: _ALERTED,
    _C.SEE_AGENDA: frozenset({Relation.FULL_MEMBER}),
    _C.ADD_TOPIC: frozenset({Relation.FULL_MEMBER}),
    _C.CHANGE_TOPIC: frozenset({Relation.RAISER, OrganisationRole.DELIVERY_MANAGER}),
    _C.START_RETRO: frozenset(_TEAM),
    _C.SEE_RETRO: frozenset({Relation.FULL_MEMBER}),
    _C.RUN_RETRO: frozenset(_LEADS | {Relation.RAISER}),
    _C.ADD_CARD: frozenset({Relation.FULL_MEMBER}),
    _C.SEE_RETRO_CARDS: frozenset(_TEAM),
    _C.ADD_RETRO_ACTION: frozenset(_TEAM | {Relation.RAISER}),
    _C.CLOSE_LOOP: _ALERTED,
    _C.ANSWER_SURVEY: frozenset({Relation.CONTACT}),
    _C.WRITE_MINUTES: frozenset({Relation.FULL_MEMBER}),
    _C.SEE_RITUAL: frozenset({Relation.FULL_MEMBER}),
    _C.SWITCH_ON_RITUAL: frozenset(_LEADS | {OrganisationRole.ADMIN}),
    _C.CHANGE_RITUAL: frozenset(_LEADS | {OrganisationRole.ADMIN, Relation.OWNER}),
    _C.CHANGE_DAYS_OFF: frozenset(_LEADS | {OrganisationRole.ADMIN}),
}


OUTSIDERS: frozenset[Grant] = frozenset({Relation.CONTACT})
"""What a guest or somebody of another team can hold: whoever was asked may answer, and nothing else."""


class Standing(Value):
    """Everything that ties one person to one record: the policy looks at nothing else.

    Guests and people of another team are never full members, and hold no grant but that of a contact.
    """

    is_full_member: bool
    organisation_roles: frozenset[OrganisationRole] = field(default=frozenset())
    project_roles: frozenset[ProjectRole] = field(default=frozenset())
    relations: frozenset[Relation] = field(default=frozenset())

    @property
    def grants(self) -> frozenset[Grant]:
        """Return every grant this person holds here."""
        if not self.is_full_member:
            return self.relations & OUTSIDERS
        return self.organisation_roles | self.project_roles | self.relations | {Relation.FULL_MEMBER}


def may(standing: Standing, capability: Capability) -> bool:
    """Tell whether the policy table lets this person do that."""
    return not POLICY[capability].isdisjoint(standing.grants)
