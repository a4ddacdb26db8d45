"""Signs users in, keeps their sessions and limits their attempts."""
