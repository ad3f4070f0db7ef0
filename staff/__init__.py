"""Who we are: people, roles and permissions, referring units, working days."""
