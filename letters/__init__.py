"""Letters: what they say, as accessible PDF, signed and kept as they were sent."""
