"""English analysis of product texts; its modules are imported one by one, so that each costs only what is used."""
