"""Reads input from and writes output to a terminal."""
