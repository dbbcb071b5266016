"""What the mouse and the fixed keys do on the canvas, as the list of shortcuts tells it."""

GESTURES = (
    ("Add a layer", "Drag it from the palette, or double-click it there"),
    ("Search and add a layer", "Double-click the canvas, or press Tab there"),
    ("Wire two layers", "Drag from the output of one to the input of the other"),
    ("Wire to a new layer", "Drag from a port, and let go over the empty canvas"),
    ("Insert a layer", "Drop it on a wire"),
    ("Plug a wire in elsewhere", "Select it, and drag one of its ends"),
    ("Lead a wire", "Double-click it, and drag the point; double-click the point to remove it"),
    ("Select several", "Drag a frame, or click with Ctrl"),
    ("Copy layers", "Drag them with Alt"),
    ("Write on a note", "Double-click it, or press Enter; Ctrl+Enter or a click elsewhere ends it"),
    ("Resize a note", "Drag its bottom right corner"),
    ("Move a group", "Drag its title bar"),
    ("Rename a group", "Double-click its title bar"),
    ("Expand a collapsed group", "Double-click its card"),
    ("Move the selected layers", "Arrows; with Shift finely"),
    ("Scroll, with nothing selected", "Arrows"),
    ("Pan", "Drag with the middle button, or with Space held"),
    ("Zoom", "Turn the wheel"),
    ("Give up what is under way, or the selection", "Esc"),
    ("Find a layer in the palette", "/"),
)
