"""The risk register: what may be done with risks, what is read of them, and what is said about them."""
