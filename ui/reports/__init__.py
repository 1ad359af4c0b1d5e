"""What reports say, asked of the doors: each figure and list as the account may see it."""
