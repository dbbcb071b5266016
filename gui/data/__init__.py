"""What the data panel is made of: source, gallery, columns, steps, split, task."""
