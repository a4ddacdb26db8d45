"""Teachers, their time at schools as ECTs and mentors, and their training."""
