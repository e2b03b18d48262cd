"""Slack's limits for what the bot sends: what Slack would refuse is refused here, in Slack's words."""

from bot.demo.limits.messages import check_message, check_metadata
from bot.demo.limits.modals import check_home, check_view
from bot.demo.limits.suggestions import check_suggestions

__all__ = ["check_home", "check_message", "check_metadata", "check_suggestions", "check_view"]
