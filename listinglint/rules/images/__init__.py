"""Rules of the group `images`."""
