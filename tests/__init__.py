"""What the product promises, each promise as a claim that can fail."""
