"""Of the whole, in a real Chromium against a real server."""
