"""Of one room or two, without a server."""
