"""The tables, one aggregate a file; importing this package makes ``metadata`` complete."""

from models.tables.actions import action_items
from models.tables.agendas import agenda_entries, agendas, meeting_absences, meeting_topics, minute_points
from models.tables.audit import audit_entries, handled_deliveries
from models.tables.base import metadata
from models.tables.drafts import drafts
from models.tables.moods import heard_items, mood_alert_recipients, mood_alerts, mood_readings
from models.tables.mornings import morning_items, mornings
from models.tables.outbox import lanes, method_pauses, outbox_messages
from models.tables.people import home_visits, organisation_roles, people, person_settings, workspaces
from models.tables.plans import deliverables, milestones, project_phases, success_measures
from models.tables.projects import clients, memberships, project_colleagues, projects
from models.tables.raid import raid_items
from models.tables.retros import retro_cards, retro_participations, retro_safety_answers, retrospectives
from models.tables.risks import escalations, risks
from models.tables.rituals import days_off, ritual_occurrences, ritual_steps, rituals
from models.tables.statuses import (
    back_to_green_plans,
    status_dimensions,
    status_drafts,
    status_updates,
    status_versions,
)
from models.tables.surveys import (
    client_contacts,
    survey_answers,
    survey_invitations,
    survey_opt_out_keys,
    survey_opt_outs,
    surveys,
)

__all__ = [
    "action_items",
    "agenda_entries",
    "agendas",
    "audit_entries",
    "back_to_green_plans",
    "client_contacts",
    "clients",
    "days_off",
    "deliverables",
    "drafts",
    "escalations",
    "handled_deliveries",
    "heard_items",
    "home_visits",
    "lanes",
    "meeting_absences",
    "meeting_topics",
    "memberships",
    "metadata",
    "method_pauses",
    "milestones",
    "minute_points",
    "mood_alert_recipients",
    "mood_alerts",
    "mood_readings",
    "morning_items",
    "mornings",
    "organisation_roles",
    "outbox_messages",
    "people",
    "person_settings",
    "project_colleagues",
    "project_phases",
    "projects",
    "raid_items",
    "retro_cards",
    "retro_participations",
    "retro_safety_answers",
    "retrospectives",
    "risks",
    "ritual_occurrences",
    "ritual_steps",
    "rituals",
    "status_dimensions",
    "status_drafts",
    "status_updates",
    "status_versions",
    "success_measures",
    "survey_answers",
    "survey_invitations",
    "survey_opt_out_keys",
    "survey_opt_outs",
    "surveys",
    "workspaces",
]
