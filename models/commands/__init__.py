"""What people ask the services to do: frozen values, checked by the services."""

from models.commands.actions import ActionChange, NewAction
from models.commands.agendas import EntryMinutes, MinutesFields, TopicFields
from models.commands.moods import CLIENT_ROLE_LENGTH, INSIGHT_LENGTH, MoodFields
from models.commands.plans import (
    EVIDENCE_LENGTH,
    TARGET_LENGTH,
    Approval,
    DeliverableFields,
    MeasureFields,
    MilestoneFields,
    PhaseMove,
)
from models.commands.projects import NAME_LENGTH, NewProject, ProjectProfile
from models.commands.raid import PARTY_LENGTH, RaidFields, RaidOutcome
from models.commands.retros import CARD_LENGTH, NewCard, NewRetro
from models.commands.risks import TEXT_LENGTH, TITLE_LENGTH, URL_LENGTH, RiskFields, RiskResponse
from models.commands.rituals import RITUAL_NAME_LENGTH, SETTING_LENGTH, RitualFields
from models.commands.statuses import DimensionFields, StatusFields, WantedStatus
from models.commands.surveys import AnswerFields, AskFields, ContactFields

__all__ = [
    "CARD_LENGTH",
    "CLIENT_ROLE_LENGTH",
    "EVIDENCE_LENGTH",
    "INSIGHT_LENGTH",
    "NAME_LENGTH",
    "PARTY_LENGTH",
    "RITUAL_NAME_LENGTH",
    "SETTING_LENGTH",
    "TARGET_LENGTH",
    "TEXT_LENGTH",
    "TITLE_LENGTH",
    "URL_LENGTH",
    "ActionChange",
    "AnswerFields",
    "Approval",
    "AskFields",
    "ContactFields",
    "DeliverableFields",
    "DimensionFields",
    "EntryMinutes",
    "MeasureFields",
    "MilestoneFields",
    "MinutesFields",
    "MoodFields",
    "NewAction",
    "NewCard",
    "NewProject",
    "NewRetro",
    "PhaseMove",
    "ProjectProfile",
    "RaidFields",
    "RaidOutcome",
    "RiskFields",
    "RiskResponse",
    "RitualFields",
    "StatusFields",
    "TopicFields",
    "WantedStatus",
]
