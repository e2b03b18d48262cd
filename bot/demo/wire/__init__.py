"""What goes between Slack and the bot, kept for whoever develops."""
