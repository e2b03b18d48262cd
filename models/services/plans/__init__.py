"""What projects are to reach: phases and measures of success."""
