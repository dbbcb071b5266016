"""How the panel of activations looks at the layers."""
