"""HTTP routes beside the pages: sign-in, the two doors, health."""
