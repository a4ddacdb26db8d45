"""Stores what lead providers sign in with, and what each of them sees."""
