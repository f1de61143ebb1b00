"""JSON Schemas of the reports and of the configuration, one a major version."""
