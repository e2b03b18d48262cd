"""What a delivery meeting talks about, and how it reads."""
