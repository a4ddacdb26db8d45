"""Rules about mentors, their training and the ECTs they mentor."""
