"""Implements the ports: databases, TRS, DfE Sign-in, notices, the clock and world files."""
