"""The parts that the pages of every journey share: steps, searches and check answers."""
