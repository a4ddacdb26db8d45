"""Telling users, ECTs and mentors by email."""
