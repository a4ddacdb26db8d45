"""Tells users, ECTs and mentors by email."""
