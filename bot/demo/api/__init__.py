"""What the bot may call: the Web API and response urls."""
