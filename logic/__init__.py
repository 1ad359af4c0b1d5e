"""Pure shaping of what the doors gave."""
