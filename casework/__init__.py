"""How a case moves: allowed moves, transitions, refusals, pages of a worklist."""
