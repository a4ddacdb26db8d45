"""Defines the tables of the database."""
