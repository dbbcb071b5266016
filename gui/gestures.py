"""What the mouse and the fixed keys do on the canvas, as the list of shortcuts tells it."""

GESTURES = (
    ("Add a layer", "Drag it from the palette, or double-click it there"),
    ("Wire two layers", "Drag from the output of one to the input of the other"),
    ("Select several", "Drag a frame, or click with Ctrl"),
    ("Next, previous layer along the wires", "Alt+Right, Alt+Left"),
    ("Nearest layer above, below", "Alt+Up, Alt+Down"),
    ("Move the selected layers", "Arrows; with Shift finely"),
    ("Scroll, with nothing selected", "Arrows"),
    ("Pan", "Drag with the middle button, or with Space held"),
    ("Zoom", "Turn the wheel"),
    ("Give up what is under way, or the selection", "Esc"),
    ("Find a layer in the palette", "/"),
)
