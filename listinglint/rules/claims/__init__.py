"""Rules of the group `claims`."""
