"""Official statistics: counts of ECTs and mentors, published so that nobody can be worked out."""
