"""The outbox's pages, one module per matter."""
