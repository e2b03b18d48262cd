"""What reaches the bot: payloads, and the ways they go."""
