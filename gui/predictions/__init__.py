"""What the network says about single samples, side by side."""
