"""SQLite: pages in, rows out, and the outbox of wishes."""
