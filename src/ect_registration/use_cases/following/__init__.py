"""Following what the Teaching Record System (TRS) says of people who are here."""
