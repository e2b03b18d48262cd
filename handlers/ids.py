"""Every action id and callback id, once. A button in a posted message carries an intent of the same value."""

from enum import StrEnum


class ActionId(StrEnum):
    """What a click or a choice asks for. The first six are also what posted messages' buttons name."""

    RISK_EDIT = "risk_edit"
    RISK_SCORE = "risk_score"
    RISK_REJECT = "risk_reject"
    RISK_DETAILS = "risk_details"
    RISK_UNDO = "risk_undo"
    RISK_CLOSE = "risk_close"
    RISK_NEXT = "risk_next"
    RISK_NEW = "risk_new"
    RISK_LIST = "risk_list"
    RISK_LIST_OPEN = "risk_list_open"
    RISK_LIST_MINE = "risk_list_mine"
    RISK_LIST_STALE = "risk_list_stale"
    RISK_LIST_ALL = "risk_list_all"
    RISK_PAGE_BACK = "risk_page_back"
    RISK_PAGE_ON = "risk_page_on"
    RISK_LOG_ANYWAY = "risk_log_anyway"
    RISK_MEANT = "risk_meant"
    RISK_FORM_MORE = "risk_form_more"
    RISK_FORM_LEVEL_P = "risk_form_level_p"
    RISK_FORM_KIND = "risk_form_kind"
    RISK_FORM_LEVEL_I = "risk_form_level_i"
    PROJECT_MAKE = "project_make"
    PROJECT_FORM_MORE = "project_form_more"
    ROLE_NEW = "role_new"
    ROLE_GIVE = "role_give"
    ROLE_TAKE = "role_take"


class CallbackId(StrEnum):
    """Which modal was submitted."""

    RISK_LOG = "risk_log"
    RISK_EDIT = "risk_edit"
    RISK_SCORE = "risk_score"
    RISK_MOVE = "risk_move"
    PROJECT_MAKE = "project_make"
    ROLE_GIVE = "role_give"
