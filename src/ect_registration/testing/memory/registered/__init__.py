"""ECTs, mentors and what there is about them, in memory."""
