"""Decides and writes registrations of ECTs and mentors."""
