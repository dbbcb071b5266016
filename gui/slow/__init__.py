"""The parts of the panel that shows a step in slow motion."""
