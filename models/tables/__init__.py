"""Mapped classes, one aggregate a file; importing this package makes ``Base.metadata`` complete."""

from models.tables.actions import ActionItem
from models.tables.agendas import Agenda, AgendaEntry, MeetingAbsence, MeetingTopic, MinutePoint
from models.tables.audit import AuditEntry, HandledDelivery
from models.tables.base import Base
from models.tables.drafts import Draft
from models.tables.moods import HeardItem, MoodAlert, MoodAlertRecipient, MoodReading
from models.tables.mornings import Morning, MorningItem
from models.tables.outbox import Lane, MethodPause, OutboxMessage
from models.tables.people import HomeVisit, OrganisationRoleGrant, Person, PersonSettings, Workspace
from models.tables.plans import Deliverable, Milestone, ProjectPhase, SuccessMeasure
from models.tables.projects import Client, Membership, Project, ProjectColleague
from models.tables.raid import RaidItem
from models.tables.retros import Card, Participation, Retrospective, SafetyAnswer
from models.tables.risks import Escalation, Risk
from models.tables.rituals import DayOff, Ritual, RitualOccurrence, RitualStep
from models.tables.statuses import (
    BackToGreenPlan,
    StatusDimension,
    StatusDraft,
    StatusUpdate,
    StatusVersion,
)
from models.tables.surveys import (
    ClientContact,
    Survey,
    SurveyAnswer,
    SurveyInvitation,
    SurveyOptOut,
    SurveyOptOutKey,
)

__all__ = [
    "ActionItem",
    "Agenda",
    "AgendaEntry",
    "AuditEntry",
    "BackToGreenPlan",
    "Base",
    "Card",
    "Client",
    "ClientContact",
    "DayOff",
    "Deliverable",
    "Draft",
    "Escalation",
    "HandledDelivery",
    "HeardItem",
    "HomeVisit",
    "Lane",
    "MeetingAbsence",
    "MeetingTopic",
    "Membership",
    "MethodPause",
    "Milestone",
    "MinutePoint",
    "MoodAlert",
    "MoodAlertRecipient",
    "MoodReading",
    "Morning",
    "MorningItem",
    "OrganisationRoleGrant",
    "OutboxMessage",
    "Participation",
    "Person",
    "PersonSettings",
    "Project",
    "ProjectColleague",
    "ProjectPhase",
    "RaidItem",
    "Retrospective",
    "Risk",
    "Ritual",
    "RitualOccurrence",
    "RitualStep",
    "SafetyAnswer",
    "StatusDimension",
    "StatusDraft",
    "StatusUpdate",
    "StatusVersion",
    "SuccessMeasure",
    "Survey",
    "SurveyAnswer",
    "SurveyInvitation",
    "SurveyOptOut",
    "SurveyOptOutKey",
    "Workspace",
]
