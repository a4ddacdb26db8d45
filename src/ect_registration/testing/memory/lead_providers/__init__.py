"""What lead providers sign in with and see, in memory."""
