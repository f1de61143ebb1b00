"""Rules of the group `keywords`."""
