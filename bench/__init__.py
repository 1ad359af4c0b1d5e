"""How fast it is and how much it needs, on the sample data and on real databases."""
