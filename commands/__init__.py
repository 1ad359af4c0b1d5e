"""The operator's commands beside those of manage.py, one noun a file."""
