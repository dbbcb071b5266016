"""Trying a network out: ways to make up a sample, and what the network says about it."""
