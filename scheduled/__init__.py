"""What the bot says on its own: rendered when it is sent, and no knowledge of Slack."""
