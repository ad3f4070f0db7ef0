"""A living centre of fictitious people, to try the product on."""
