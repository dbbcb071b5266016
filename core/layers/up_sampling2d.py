"""Larger images by repetition or interpolation."""
from __future__ import annotations

from core.kinds import Info
from core.layers._base import Example, Frame, Layer, Pass, Port, Shape
from core.layers._enlarge import interpolate, repeat
from core.layers._windows import need_image, pair
from core.params import Choice, IntTuple


class UpSampling2D(Layer):
    """Every place becomes a block of places: of equal ones, or such that straight lines join their middles.

    Shapes: x (n, h, w, c) -> y (n, h * height, w * width, c). Interpolation "nearest" is
    y[i, j] = x[floor(i / height), floor(j / width)]; "bilinear" reads x at ((i + 1/2) / height - 1/2,
    (j + 1/2) / width - 1/2), held at the border. Both as in Keras, and as PyTorch's Upsample with the same mode and
    align_corners=False.
    Errors: ShapeError if the input is not (height, width, channels).
    Source: Odena, Dumoulin & Olah 2016, Deconvolution and checkerboard artifacts.
    """

    info = Info("up_sampling2d", "UpSampling2D", "Makes an image larger", "Convolution",
                "up_sampling2d", keywords=("upsample", "nearest", "bilinear", "resize", "enlarge", "decoder"))
    inputs = (Port("x", "an image: height, width, channels"),)
    badges = ("size",)
    size = IntTuple(default=(2, 2), high=64, shortest=1, longest=2,
                    doc="How much taller and wider the image becomes, or one number for both.")
    interpolation = Choice(default="nearest", options={"nearest": "Nearest: repeat rows and columns",
                                                       "bilinear": "Bilinear: straight lines in between"},
                           doc="What lies between the places of the input.")
    examples = (
        Example({}, ((2, 3, 2),)),
        Example({"size": [3, 1]}, ((2, 2, 1),)),
        Example({"size": [2]}, ((1, 4, 3),)),
        Example({"interpolation": "bilinear"}, ((3, 2, 2),)),
        Example({"size": [3, 2], "interpolation": "bilinear"}, ((1, 4, 1),)),
    )

    def infer(self, *shapes: Shape) -> Shape:
        need_image(self, shapes[0])
        (height, width, channels), (down, right) = shapes[0], pair(self.size)
        return height * down, width * right, channels

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        return (interpolate if self.interpolation == "bilinear" else repeat)(frame, *pair(self.size))
