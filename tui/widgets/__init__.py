"""Parts of screens that know only the domain and how to draw it."""
