"""The node canvas: a scene that follows the document, a view, and one file per gesture."""
