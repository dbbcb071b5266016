"""Parts of the decision boundary panel."""
