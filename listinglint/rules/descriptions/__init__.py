"""Rules of the group `descriptions`."""
