"""The emoji this workspace knows by Slack's short names; any other name stays as it was typed."""

from markupsafe import Markup

EMOJI = {
    "+1": "👍", "-1": "👎", "alarm_clock": "⏰", "angry": "😠", "arrow_down": "⬇️", "arrow_right": "➡️",
    "arrow_up": "⬆️", "bar_chart": "📊", "bell": "🔔", "black_circle": "⚫", "blue_circle": "🔵",
    "brain": "🧠", "bug": "🐛", "bulb": "💡", "busts_in_silhouette": "👥", "calendar": "📆",
    "chart_with_downwards_trend": "📉", "chart_with_upwards_trend": "📈", "clap": "👏", "clipboard": "📋",
    "clock3": "🕒", "construction": "🚧", "cry": "😢", "date": "📅", "disappointed": "😞", "email": "📧",
    "exclamation": "❗", "eyes": "👀", "fire": "🔥", "grey_question": "❔", "grin": "😁", "grinning": "😀",
    "hand": "✋", "handshake": "🤝", "heart": "❤️", "heavy_check_mark": "✔️", "hourglass": "⌛",
    "hourglass_flowing_sand": "⏳", "information_source": "\u2139\ufe0f", "joy": "😂", "key": "🔑",
    "large_blue_circle": "🔵", "large_green_circle": "🟢", "large_orange_circle": "🟠",
    "large_purple_circle": "🟣", "large_yellow_circle": "🟡", "link": "🔗", "lock": "🔒",
    "loudspeaker": "📢", "mag": "🔍", "mega": "📣", "memo": "📝", "moneybag": "💰", "moyai": "🗿",
    "neutral_face": "😐", "no_entry": "⛔", "no_entry_sign": "🚫", "ok_hand": "👌", "package": "📦",
    "partly_sunny": "⛅", "pencil": "📝", "pencil2": "✏️", "point_right": "👉", "pray": "🙏",
    "pushpin": "📌", "question": "❓", "rage": "😡", "raised_hands": "🙌", "red_circle": "🔴",
    "repeat": "🔁", "rocket": "🚀", "rotating_light": "🚨", "satellite": "📡", "seedling": "🌱",
    "shield": "🛡️", "simple_smile": "🙂", "slightly_frowning_face": "🙁", "slightly_smiling_face": "🙂",
    "smile": "😄", "smiley": "😃", "snowflake": "❄️", "sob": "😭", "sparkles": "✨",
    "speech_balloon": "💬", "star": "⭐", "stopwatch": "⏱️", "sunny": "☀️", "tada": "🎉",
    "thinking_face": "🤔", "thumbsdown": "👎", "thumbsup": "👍", "triangular_flag_on_post": "🚩",
    "trophy": "🏆", "unlock": "🔓", "warning": "⚠️", "wave": "👋", "white_check_mark": "✅",
    "white_circle": "⚪", "wrench": "🔧", "x": "❌", "zap": "⚡", "zzz": "💤",
}  # fmt: skip


def emoji(name: str) -> Markup | None:
    """Draw the emoji with its name for those who hear the page, or nothing when it is not known."""
    character = EMOJI.get(name)
    if character is None:
        return None
    words = name.replace("_", " ")
    return Markup('<span class="emoji" role="img" aria-label="{}" title=":{}:">{}</span>').format(
        words, name, character
    )
