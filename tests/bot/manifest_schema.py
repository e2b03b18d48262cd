"""The part of Slack's published app manifest schema (version 1) that Drumbeat's manifest touches.

Written from https://github.com/slackapi/manifest-schema, with two rules of Slack's that the schema leaves
out: a command that no socket carries needs its address, and Slack's own commands are refused.
"""

from typing import Any

TAKEN_BY_SLACK = (
    "/status",
    "/invite",
    "/me",
    "/msg",
    "/remind",
    "/topic",
    "/who",
    "/search",
    "/archive",
    "/leave",
)


def _exactly(required: dict[str, Any], **optional: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON schema.
    return {
        "type": "object",
        "additionalProperties": False,
        "required": list(required),
        "properties": {**required, **optional},
    }


def _text(most: int, least: int = 1, **more: str) -> dict[str, Any]:
    return {"type": "string", "minLength": least, "maxLength": most, **more}


def _list(item: dict[str, Any], most: int, least: int = 0) -> dict[str, Any]:
    return {"type": "array", "items": item, "minItems": least, "maxItems": most, "uniqueItems": True}


_YES_OR_NO = {"type": "boolean"}
_WHOLE = {"type": "integer"}

SLASH_COMMAND = _exactly(
    {
        "command": _text(32, 2, pattern="^/[a-z0-9_-]+$") | {"not": {"enum": list(TAKEN_BY_SLACK)}},
        "description": _text(2000),
    },
    url=_text(3000, pattern="^https?://"),
    usage_hint=_text(1000),
    should_escape=_YES_OR_NO,
)

SHORTCUT = _exactly(
    {
        "name": _text(24),
        "type": {"enum": ["message", "global"]},
        "callback_id": _text(255),
        "description": _text(150),
    }
)
_OVER_HTTP = {
    "if": {"properties": {"settings": {"properties": {"socket_mode_enabled": {"const": False}}}}},
    "then": {
        "properties": {
            "features": {"properties": {"slash_commands": {"items": {"required": ["url"]}}}},
            "settings": {
                "properties": {
                    "interactivity": {"required": ["request_url"]},
                    "event_subscriptions": {"required": ["request_url"]},
                }
            },
        }
    },
}

MANIFEST = _OVER_HTTP | _exactly(
    {
        "display_information": _exactly(
            {"name": _text(35)},
            description=_text(140),
            background_color=_text(7, 4, pattern="^#[0-9a-fA-F]{3}([0-9a-fA-F]{3})?$"),
            long_description=_text(4000, 175),
        ),
    },
    _metadata=_exactly({}, major_version=_WHOLE | {"const": 1}, minor_version=_WHOLE),
    features=_exactly(
        {},
        app_home=_exactly(
            {},
            home_tab_enabled=_YES_OR_NO,
            messages_tab_enabled=_YES_OR_NO,
            messages_tab_read_only_enabled=_YES_OR_NO,
        ),
        bot_user=_exactly({"display_name": _text(80)}, always_online=_YES_OR_NO),
        shortcuts=_list(SHORTCUT, 10),
        slash_commands=_list(SLASH_COMMAND, 50, 1),
    ),
    oauth_config=_exactly({}, scopes=_exactly({}, bot=_list(_text(50), 255))),
    settings=_exactly(
        {},
        event_subscriptions=_exactly(
            {}, request_url=_text(3500, pattern="^https?://"), bot_events=_list(_text(50), 100)
        ),
        interactivity=_exactly(
            {"is_enabled": _YES_OR_NO},
            request_url=_text(3500, pattern="^https?://"),
            message_menu_options_url=_text(3500, pattern="^https?://"),
        ),
        org_deploy_enabled=_YES_OR_NO,
        socket_mode_enabled=_YES_OR_NO,
        token_rotation_enabled=_YES_OR_NO,
    ),
)
