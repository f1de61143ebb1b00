"""Rules of the group `catalog`."""
