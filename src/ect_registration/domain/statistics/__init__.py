"""Official statistics: counts of ECTs and mentors, published so that they identify no person."""
