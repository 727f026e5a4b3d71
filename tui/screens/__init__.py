"""What fills the terminal: the browser of a project, and dialogs."""
