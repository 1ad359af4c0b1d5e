"""Typing Chinese with a real input method, on a screen that nobody sees."""
