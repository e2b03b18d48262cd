"""The workspace's clock, and how Slack's side and the bot travel by it together."""
