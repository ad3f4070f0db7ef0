"""The forms of the pathways' desks, one module per desk."""
