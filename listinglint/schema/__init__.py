"""JSON Schemas of the reports, one a major version."""
