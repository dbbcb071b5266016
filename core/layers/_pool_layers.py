"""What both pooling layers of one rank share: parameters, shapes, windows. They differ in `pool` only."""
from __future__ import annotations

from core.layers._base import Example, Frame, Layer, Pass, Port, Shape
from core.layers._windows import PADDING_POOL, Axis, lifted, need_image, need_series, need_windows, pair
from core.params import Choice, Int, IntTuple


class GlobalPool2D(Layer):
    """Pooling of whole images. Shapes: x (n, h, w, c) -> y (n, c)."""

    inputs = (Port("x", "an image: height, width, channels"),)
    examples = (Example(shapes=((3, 4, 2),)), Example(shapes=((1, 1, 3),)), Example(shapes=((5, 2, 1),)))

    def infer(self, *shapes: Shape) -> Shape:
        need_image(self, shapes[0])
        return (shapes[0][2],)


class Pool2D(Layer):
    """Pooling of images."""

    @staticmethod
    def pool(frame: Frame, rows: Axis, cols: Axis) -> tuple[Pass, Pass]:
        """What becomes of each window."""
        raise NotImplementedError

    inputs = (Port("x", "an image: height, width, channels"),)
    badges = ("pool_size",)
    pool_size = IntTuple(default=(2, 2), high=256, shortest=1, longest=2,
                         doc="Height and width of a window, or one number for both.")
    stride = IntTuple(default=(), high=256, longest=2, special="as the window",
                      doc="Steps down and to the right from window to window; empty takes the size of the window.")
    padding = Choice(default="valid", options=PADDING_POOL, doc="What happens at the border.")
    examples = (
        Example({}, ((4, 6, 3),)),
        Example({}, ((5, 7, 2),)),
        Example({"pool_size": [3], "stride": [2], "padding": "same"}, ((6, 7, 2),)),
        Example({"pool_size": [3, 2], "stride": [1, 3]}, ((4, 6, 1),)),
        Example({"pool_size": [1, 4], "padding": "same"}, ((3, 5, 2),)),
    )

    def infer(self, *shapes: Shape) -> Shape:
        need_image(self, shapes[0])
        rows, cols = self._axes(shapes[0])
        need_windows(self, rows, cols)
        return rows.out, cols.out, shapes[0][2]

    def _axes(self, shape: Shape) -> tuple[Axis, Axis]:
        size, stride = pair(self.pool_size), pair(self.stride or self.pool_size)
        return (Axis(shape[0], size[0], stride[0], padding=self.padding),
                Axis(shape[1], size[1], stride[1], padding=self.padding))

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        return self.pool(frame, *self._axes(frame.x.shape[1:]))


class Pool1D(Layer):
    """Pooling of series."""

    @staticmethod
    def pool(frame: Frame, rows: Axis, cols: Axis) -> tuple[Pass, Pass]:
        """What becomes of each window."""
        raise NotImplementedError

    inputs = (Port("x", "a series: steps, channels"),)
    badges = ("pool_size",)
    pool_size = Int(default=2, low=1, high=4096, doc="Number of steps in a window.")
    stride = Int(default=0, low=0, high=4096, special="as the window",
                 doc="Steps from window to window; 0 takes the size of the window.")
    padding = Choice(default="valid", options=PADDING_POOL, doc="What happens at the ends.")
    examples = (
        Example({}, ((6, 3),)),
        Example({}, ((7, 1),)),
        Example({"pool_size": 3, "stride": 2, "padding": "same"}, ((6, 2),)),
        Example({"pool_size": 2, "stride": 3}, ((9, 2),)),
    )

    def infer(self, *shapes: Shape) -> Shape:
        need_series(self, shapes[0])
        axis = self._axis(shapes[0][0])
        need_windows(self, axis)
        return axis.out, shapes[0][1]

    def _axis(self, size: int) -> Axis:
        return Axis(size, self.pool_size, self.stride or self.pool_size, padding=self.padding)

    def bind(self, frame: Frame) -> tuple[Pass, Pass]:
        return self.pool(lifted(frame), Axis(1, 1, 1), self._axis(frame.x.shape[1]))
