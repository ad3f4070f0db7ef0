"""The pathways' desks, one module per desk."""
