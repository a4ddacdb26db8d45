"""Holds the connection to TRS: its deadline, its pace, its retries and its breaker."""
