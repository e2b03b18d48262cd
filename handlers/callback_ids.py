"""What forms, shortcuts and selects with a source of their own are called, once."""

from enum import StrEnum


class ShortcutId(StrEnum):
    """Which shortcut was chosen."""

    RISK_NEW = "risk_new"
    RISK_FROM_MESSAGE = "risk_from_message"
    MOOD_NEW = "mood_new"


class SourceId(StrEnum):
    """Which select asks what it has on offer, once there is too much for it to hold."""

    PROJECT = "project"


class CallbackId(StrEnum):
    """Which modal was submitted."""

    RISK_LOG = "risk_log"
    RISK_EDIT = "risk_edit"
    RISK_SCORE = "risk_score"
    RISK_MOVE = "risk_move"
    RISK_RESPOND = "risk_respond"
    RISK_REASSESS = "risk_reassess"
    RISK_REVIEW = "risk_review"
    RISK_NOT_YET = "risk_not_yet"
    RAID_LOG = "raid_log"
    RAID_EDIT = "raid_edit"
    RAID_MOVE = "raid_move"
    RAID_SUPERSEDE = "raid_supersede"
    RAID_ACTION = "raid_action"
    ACTION_CHANGE = "action_change"
    PROJECT_MAKE = "project_make"
    PROJECT_EDIT = "project_edit"
    PROJECT_ARCHIVE = "project_archive"
    HEALTH_CHECK = "health_check"
    TEAM_ADD = "team_add"
    TEAM_HAND_OVER = "team_hand_over"
    TEAM_MARK = "team_mark"
    PLAN_SAVE = "plan_save"
    PHASE_MOVE = "phase_move"
    ROLE_GIVE = "role_give"
    MOOD_LOG = "mood_log"
    MOOD_EDIT = "mood_edit"
    SURVEY_RECORD = "survey_record"
    SURVEY_EDIT = "survey_edit"
    SURVEY_ASK = "survey_ask"
    SURVEY_SEND = "survey_send"
    SURVEY_ANSWER = "survey_answer"
    SURVEY_HOLD = "survey_hold"
    CONTACT_SAVE = "contact_save"
    CONTACT_FORGET = "contact_forget"
    STATUS_POST = "status_post"
    STATUS_JUSTIFY = "status_justify"
    TOPIC_ADD = "topic_add"
    TOPIC_EDIT = "topic_edit"
    MINUTES_WRITE = "minutes_write"
    MINUTES_POINT = "minutes_point"
    SETTINGS = "settings"
    MORNING_AWAY = "morning_away"
    RETRO_START = "retro_start"
    RETRO_ADD = "retro_add"
    RETRO_CARD = "retro_card"
    RETRO_ACTION = "retro_action"
    RITUAL_SAVE = "ritual_save"
    RITUAL_PAUSE = "ritual_pause"
    RITUAL_SNOOZE = "ritual_snooze"
    RITUAL_END = "ritual_end"
