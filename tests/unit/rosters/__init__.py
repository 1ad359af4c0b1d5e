"""Rosters of every make, good and bad, each made here, and what each must give."""
