"""What the people who run the portal need: rights in the database, backups, key changes, metrics. Knows no service."""
