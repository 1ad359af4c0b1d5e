"""Of the pages, run as Streamlit runs them but without a browser."""
