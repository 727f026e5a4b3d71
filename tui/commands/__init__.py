"""What pwtui does besides opening a project: each command prints, and answers with an exit status."""
