"""What the neuron inspector is made of."""
