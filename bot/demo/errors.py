"""What Slack answers when it refuses."""

from collections.abc import Sequence
from enum import StrEnum


class Code(StrEnum):
    """Slack's error codes, as far as this workspace can give them."""

    # Who calls, and what.
    NOT_AUTHED = "not_authed"
    INVALID_AUTH = "invalid_auth"
    NOT_ALLOWED_TOKEN_TYPE = "not_allowed_token_type"  # noqa: S105 - a code, no token.
    MISSING_SCOPE = "missing_scope"
    UNKNOWN_METHOD = "unknown_method"
    RATELIMITED = "ratelimited"
    INVALID_ARGUMENTS = "invalid_arguments"
    INVALID_JSON = "invalid_json"
    # People and conversations.
    CHANNEL_NOT_FOUND = "channel_not_found"
    NOT_IN_CHANNEL = "not_in_channel"
    IS_ARCHIVED = "is_archived"
    USER_NOT_FOUND = "user_not_found"
    USER_NOT_IN_CHANNEL = "user_not_in_channel"
    USERS_LIST_NOT_SUPPLIED = "users_list_not_supplied"
    CANNOT_DM_BOT = "cannot_dm_bot"
    INVALID_CURSOR = "invalid_cursor"
    INVALID_LIMIT = "invalid_limit"
    # Messages.
    NO_TEXT = "no_text"
    MSG_TOO_LONG = "msg_too_long"
    MSG_BLOCKS_TOO_LONG = "msg_blocks_too_long"
    INVALID_BLOCKS = "invalid_blocks"
    INVALID_BLOCKS_FORMAT = "invalid_blocks_format"
    INVALID_METADATA_FORMAT = "invalid_metadata_format"
    INVALID_METADATA_SCHEMA = "invalid_metadata_schema"
    METADATA_TOO_LARGE = "metadata_too_large"
    MESSAGE_NOT_FOUND = "message_not_found"
    CANT_UPDATE_MESSAGE = "cant_update_message"
    CANT_DELETE_MESSAGE = "cant_delete_message"
    THREAD_NOT_FOUND = "thread_not_found"
    CANNOT_REPLY_TO_MESSAGE = "cannot_reply_to_message"
    # Files.
    MISSING_ARGUMENT = "missing_argument"
    ALT_TXT_TOO_LARGE = "alt_txt_too_large"
    FILE_UPLOAD_SIZE_RESTRICTED = "file_upload_size_restricted"
    FILE_NOT_FOUND = "file_not_found"
    # Modals, and the app's Home.
    NOT_ENABLED = "not_enabled"
    EXPIRED_TRIGGER_ID = "expired_trigger_id"
    EXCHANGED_TRIGGER_ID = "exchanged_trigger_id"
    INVALID_TRIGGER_ID = "invalid_trigger_id"
    DUPLICATE_EXTERNAL_ID = "duplicate_external_id"
    NOT_FOUND = "not_found"
    HASH_CONFLICT = "hash_conflict"
    PUSH_LIMIT_REACHED = "push_limit_reached"
    VIEW_TOO_LARGE = "view_too_large"
    # Response urls.
    USED_URL = "used_url"
    EXPIRED_URL = "expired_url"


class SlackError(Exception):
    """A refusal with Slack's own code, and for malformed payloads where exactly the fault lies."""

    def __init__(self, code: Code, faults: Sequence[str] = ()) -> None:
        """Take the code and the faults, each ending in a JSON pointer."""
        super().__init__(f"{code}: {'; '.join(faults)}" if faults else str(code))
        self.code = code
        self.faults = tuple(faults)


class MissingScope(SlackError):
    """The token lacks a scope that the manifest did not ask for."""

    def __init__(self, needed: str) -> None:
        """Take the scope that would allow it."""
        super().__init__(Code.MISSING_SCOPE, [f"needed: {needed}"])
        self.needed = needed
