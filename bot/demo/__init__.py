"""A Slack workspace on this machine: Slack's side of the protocol, and nothing of the bot."""
