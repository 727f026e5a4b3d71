"""Which keys do what: the table of actions with the user's keymap laid over it."""
