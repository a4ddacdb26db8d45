"""What the programs of lead providers do: sign in, read, and report partnerships."""
