"""DataFrame → Figure, one noun a file."""
