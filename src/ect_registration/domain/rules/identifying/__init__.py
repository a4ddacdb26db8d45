"""Who a person is: two facts, their name, their email address, and how often a user may try."""
