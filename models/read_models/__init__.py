"""What services return: frozen values that live on after the session that read them is closed."""

from models.read_models.actions import ActionOrigin, ActionView
from models.read_models.drafts import DraftView
from models.read_models.history import FieldChange, HistoryEntry, Origin
from models.read_models.moods import (
    LoggedMood,
    MoodAlertView,
    MoodFilter,
    MoodOfProject,
    MoodPage,
    MoodState,
    MoodTrendView,
    MoodView,
)
from models.read_models.organisation import OrganisationView, RoleChange, RoleHeld, RoleOutcome
from models.read_models.people import Actor, GuestCheck, PersonRef, Profile
from models.read_models.plan_facts import Fact, PlanFacts
from models.read_models.plans import (
    MeasureView,
    MilestoneView,
    PhasePage,
    PhaseStay,
    PlanHistory,
    PlanPage,
    PlanRecord,
)
from models.read_models.project_cards import ProjectCard
from models.read_models.projects import (
    ClientRef,
    MarkedGuest,
    ProjectChoice,
    ProjectHistory,
    ProjectLine,
    ProjectLinks,
    ProjectPage,
    ProjectPermissions,
    ProjectTeam,
    ProjectView,
    RoleHolder,
    TeamChange,
    TeamOutcome,
)
from models.read_models.raid import (
    LinkedRecord,
    RaidDetails,
    RaidFilter,
    RaidPage,
    RaidPermissions,
    RaidView,
)
from models.read_models.reports import BurnDown, CellRisks, RiskMatrix, WeekPoints
from models.read_models.risks import RiskDetails, RiskFilter, RiskPage, RiskPermissions, RiskView
from models.read_models.settings import PersonalSettings

__all__ = [
    "ActionOrigin",
    "ActionView",
    "Actor",
    "BurnDown",
    "CellRisks",
    "ClientRef",
    "DraftView",
    "Fact",
    "FieldChange",
    "GuestCheck",
    "HistoryEntry",
    "LinkedRecord",
    "LoggedMood",
    "MarkedGuest",
    "MeasureView",
    "MilestoneView",
    "MoodAlertView",
    "MoodFilter",
    "MoodOfProject",
    "MoodPage",
    "MoodState",
    "MoodTrendView",
    "MoodView",
    "OrganisationView",
    "Origin",
    "PersonRef",
    "PersonalSettings",
    "PhasePage",
    "PhaseStay",
    "PlanFacts",
    "PlanHistory",
    "PlanPage",
    "PlanRecord",
    "Profile",
    "ProjectCard",
    "ProjectChoice",
    "ProjectHistory",
    "ProjectLine",
    "ProjectLinks",
    "ProjectPage",
    "ProjectPermissions",
    "ProjectTeam",
    "ProjectView",
    "RaidDetails",
    "RaidFilter",
    "RaidPage",
    "RaidPermissions",
    "RaidView",
    "RiskDetails",
    "RiskFilter",
    "RiskMatrix",
    "RiskPage",
    "RiskPermissions",
    "RiskView",
    "RoleChange",
    "RoleHeld",
    "RoleHolder",
    "RoleOutcome",
    "TeamChange",
    "TeamOutcome",
    "WeekPoints",
]
