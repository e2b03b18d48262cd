"""How satisfied clients are: whom to ask, what they were asked, and what they answered."""
