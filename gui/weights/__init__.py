"""Ways to look at the weights of a node: a matrix, pictures, their spread over time."""
