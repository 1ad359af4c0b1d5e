"""Reports: what they say, as data, and the forms in which they leave the house."""
