"""Registers as files that Excel and WPS open: exports, templates."""
