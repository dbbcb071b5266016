"""What the summary is made of."""
