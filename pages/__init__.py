"""The screens, one job of one person each."""
