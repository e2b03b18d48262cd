"""Slack as the bot sees it: the client, the messenger, the drawing of posts and the manifest."""
