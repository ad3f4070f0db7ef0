"""PostgreSQL and Redis for a machine that has none: from wheels, on unix sockets, in one folder."""
