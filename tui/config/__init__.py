"""Settings and where they come from, known servers, theme files."""
