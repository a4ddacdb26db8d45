"""Registers many ECTs from one file, each exactly as one registration."""
