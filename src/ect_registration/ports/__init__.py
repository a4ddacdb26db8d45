"""What the use cases need of the world outside, in the words of the domain."""
