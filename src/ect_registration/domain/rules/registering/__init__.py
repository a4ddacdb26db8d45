"""What an ECT must fulfil to be registered, and what the school chooses for them."""
