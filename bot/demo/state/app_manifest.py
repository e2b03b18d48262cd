"""What Slack makes of the app's manifest: its name, its scopes, its commands, its bot user."""

from collections.abc import Mapping, Sequence

from bot.demo.values import App, AppHome, Command, Conversation, ConversationKind, Person, Shortcut, Team

BOT_USER_ID = "U01DRUMBEAT"
SLACKBOT_ID = "USLACKBOT"
_APP_ID = "A01DRUMBEAT"
_BOT_ID = "B01DRUMBEAT"


def app_of(manifest: Mapping[str, object]) -> App:
    """Read what the app is called, the scopes its token has, and the tabs of its home."""
    shown = _section(manifest, "display_information")
    scopes = _listing(_section(_section(manifest, "oauth_config"), "scopes"), "bot")
    return App(
        id=_APP_ID,
        name=str(shown.get("name", "Drumbeat")),
        description=str(shown.get("description", "")),
        bot_id=_BOT_ID,
        bot_user_id=BOT_USER_ID,
        scopes=frozenset(map(str, scopes)),
        home=_home_of(_section(_section(manifest, "features"), "app_home")),
    )


def _home_of(declared: Mapping[str, object]) -> AppHome:
    return AppHome(
        has_home=declared.get("home_tab_enabled") is True,
        has_messages=declared.get("messages_tab_enabled") is not False,
        is_read_only=declared.get("messages_tab_read_only_enabled") is True,
    )


def commands_of(manifest: Mapping[str, object]) -> tuple[Command, ...]:
    """Read the slash commands, by name."""
    declared = _listing(_section(manifest, "features"), "slash_commands")
    commands = [
        Command(
            command=str(each["command"]),
            description=str(each.get("description", "")),
            usage_hint=str(each.get("usage_hint", "")),
            should_escape=bool(each.get("should_escape", False)),
        )
        for each in declared
        if isinstance(each, Mapping)
    ]
    return tuple(sorted(commands, key=lambda command: command.command))


def shortcuts_of(manifest: Mapping[str, object]) -> tuple[Shortcut, ...]:
    """Read the shortcuts, in the order in which they are declared."""
    declared = _listing(_section(manifest, "features"), "shortcuts")
    return tuple(
        Shortcut(
            callback_id=str(each["callback_id"]),
            name=str(each["name"]),
            description=str(each.get("description", "")),
            is_on_message=each["type"] == "message",
        )
        for each in declared
        if isinstance(each, Mapping)
    )


def subscriptions_of(manifest: Mapping[str, object]) -> frozenset[str]:
    """Read of which events the bot wants to hear."""
    declared = _section(_section(manifest, "settings"), "event_subscriptions")
    return frozenset(map(str, _listing(declared, "bot_events")))


def uses_socket_mode(manifest: Mapping[str, object]) -> bool:
    """Tell whether the app gets its payloads through connections that it opens."""
    return _section(manifest, "settings").get("socket_mode_enabled") is True


def suggests_options(manifest: Mapping[str, object]) -> bool:
    """Tell whether Slack can ask the app for options: it has an address for that, or a connection."""
    interactivity = _section(_section(manifest, "settings"), "interactivity")
    return uses_socket_mode(manifest) or bool(interactivity.get("message_menu_options_url"))


def bot_user(app: App, team: Team) -> Person:
    """Return the app's bot user."""
    return _program(app.bot_user_id, team, app.name, "#1f5f5b")


def slackbot(team: Team) -> Person:
    """Return the one who speaks for Slack itself."""
    return _program(SLACKBOT_ID, team, "Slackbot", "#5f6368")


def direct_message(app: App, person: Person) -> Conversation:
    """Return the app's direct message with the person."""
    return Conversation(
        id=direct_message_id(person.id),
        name=app.name,
        kind=ConversationKind.IM,
        topic="",
        member_ids=(person.id, app.bot_user_id),
    )


def direct_message_id(user_id: str) -> str:
    """Return the id of the app's direct message with the person."""
    return "D" + user_id[1:]


def _program(user_id: str, team: Team, name: str, colour: str) -> Person:
    return Person(
        id=user_id,
        team_id=team.id,
        name=name.lower(),
        real_name=name,
        title="",
        tz="Etc/UTC",
        tz_offset=0,
        colour=colour,
        persona="App",
        is_bot=True,
    )


def _section(parent: Mapping[str, object], name: str) -> Mapping[str, object]:
    section = parent.get(name)
    return section if isinstance(section, Mapping) else {}


def _listing(parent: Mapping[str, object], name: str) -> Sequence[object]:
    listing = parent.get(name)
    return listing if isinstance(listing, list) else []
