"""What a school sees of its ECTs and mentors, and assigns."""
