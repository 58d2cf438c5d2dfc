"""What the partnership publishes, as typed records that never change once read."""
