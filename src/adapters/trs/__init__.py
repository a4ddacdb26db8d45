"""The Teaching Record System (TRS) over HTTP: the client, and a stand-in to develop against."""
