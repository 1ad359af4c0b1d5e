"""Reusable Streamlit: what more than one page shows."""
