"""Searches and filters of a school's ECTs and mentors."""
