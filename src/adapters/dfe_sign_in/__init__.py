"""Talks to DfE Sign-in: OpenID Connect, and its API of organisations and roles."""
