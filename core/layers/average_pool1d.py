"""Mean of a window, series."""
from __future__ import annotations

from core.kinds import Info
from core.layers._base import Example, Frame, Layer, Pass, Port, Shape
from core.layers._pooling import average_pool
from core.layers._windows import PADDING_POOL, Axis, lifted, need_series, need_windows
from core.params import Choice, Int


class AveragePool1D(Layer):
    """y[i] = the mean of x in the window that starts at step i * stride, for each channel.

    Shapes: x (n, t, c) -> y (n, steps, c). With padding "valid" steps = floor((t - pool_size) / stride) + 1; with
    "same" steps = ceil(t / stride).
    As in Keras, padding "same" puts an odd place behind, and the mean is of the places inside the input; PyTorch pads
    both sides alike by a given number and counts the zeros unless told otherwise.
    Errors: ShapeError if the input is not (steps, channels) or is shorter than a window.
    Source: LeCun et al. 1998, Gradient-based learning applied to document recognition.
    """

    info = Info("average_pool1d", "AveragePool1D", "The mean of each stretch", "Pooling", "average_pool1d",
                keywords=("pooling", "mean", "downsample", "series", "time"))
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
        return average_pool(lifted(frame), Axis(1, 1, 1), self._axis(frame.x.shape[1]))
