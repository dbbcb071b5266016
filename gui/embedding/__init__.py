"""What a layer makes of samples, as points in a plane."""
