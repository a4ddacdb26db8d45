"""Rules about mentors, their training and whom they mentor."""
