"""What a project is to reach, in Slack: phases and measures of success."""
