"""What leaves the house: messages, the outbox and its channels."""
