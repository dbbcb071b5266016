"""Looking at the data: what the Explore panel is made of."""
