"""Shows a school its ECTs and mentors, and assigns mentors to ECTs."""
