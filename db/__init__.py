"""The data: declarations, permission, the two doors and the history."""
