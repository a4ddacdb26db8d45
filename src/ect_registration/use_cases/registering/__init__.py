"""Deciding and writing registrations of ECTs and mentors."""
