"""Windows that slide along one axis or two, for convolution and pooling."""
from __future__ import annotations

from dataclasses import dataclass, replace

from core.layers._base import Array, Frame, Layer, Shape, show

PADDING = {"valid": "Valid: only whole windows", "same": "Same: zeros around the border"}
PADDING_SERIES = PADDING | {"causal": "Causal: zeros before the first step only"}
PADDING_POOL = {"valid": "Valid: only whole windows", "same": "Same: windows may stick out"}


@dataclass(frozen=True, slots=True)
class Axis:
    """How windows of `kernel` places, `dilation` apart, lie along an axis of `size` places.

    With padding "same" there are ceil(size / stride) of them, and what is missing is added around the axis, the odd
    place behind, as in Keras and TensorFlow; with "causal" as many, but each ends where it stands, and what is missing
    is in front. With "valid" all windows lie inside.
    """

    size: int
    kernel: int
    stride: int
    dilation: int = 1
    padding: str = "valid"

    @property
    def span(self) -> int:
        """From the first to the last place of a window."""
        return (self.kernel - 1) * self.dilation + 1

    @property
    def out(self) -> int:
        """The number of windows; 0 or less if none fits."""
        if self.padding != "valid":
            return -(-self.size // self.stride)
        return (self.size - self.span) // self.stride + 1

    @property
    def added(self) -> int:
        """Places added around the axis."""
        if self.padding == "causal":
            return self.span - 1
        return max((self.out - 1) * self.stride + self.span - self.size, 0) if self.padding == "same" else 0

    @property
    def before(self) -> int:
        """Those of them that lie in front."""
        return self.added if self.padding == "causal" else self.added // 2

    def reach(self, offset: int) -> tuple[slice, slice]:
        """The windows whose place `offset` lies on the axis, and where it lies."""
        first = offset * self.dilation - self.before
        low = max(0, -(first // self.stride))
        high = min(self.out, (self.size - 1 - first) // self.stride + 1)
        if high <= low:
            return slice(0, 0), slice(0, 0)
        return slice(low, high), slice(first + low * self.stride, first + (high - 1) * self.stride + 1, self.stride)

    def reaches(self) -> list[tuple[slice, slice]]:
        """What `reach` gives for every place of a window that lies on the axis for some window."""
        found = (self.reach(offset) for offset in range(self.kernel))
        return [(windows, place) for windows, place in found if windows.stop]


def pair(values: tuple[int, ...]) -> tuple[int, int]:
    """One number for both axes, or one for each."""
    return values[0], values[-1]


def image_axes(shape: Shape, kernel_size: tuple[int, ...], stride: tuple[int, ...], dilation: tuple[int, ...],
               padding: str) -> tuple[Axis, Axis]:
    """Rows and columns of the windows over an image (height, width, channels)."""
    kernel, steps, apart = pair(kernel_size), pair(stride), pair(dilation)
    return (Axis(shape[0], kernel[0], steps[0], apart[0], padding),
            Axis(shape[1], kernel[1], steps[1], apart[1], padding))


def need_image(layer: Layer, shape: Shape) -> None:
    """Raise ShapeError unless `shape` is (height, width, channels)."""
    layer.need(len(shape) == 3, "shape.rank", f"wants (height, width, channels), but {show(shape)} arrives.",
               "Put a Reshape layer before it, for example to (28, 28, 1).")


def need_series(layer: Layer, shape: Shape) -> None:
    """Raise ShapeError unless `shape` is (steps, channels)."""
    layer.need(len(shape) == 2, "shape.rank", f"wants (steps, channels), but {show(shape)} arrives.",
               "Put a Reshape layer before it, for example to (50, 1).")


def need_windows(layer: Layer, *axes: Axis) -> None:
    """Raise ShapeError unless a window fits on each axis."""
    spans, sizes = show(tuple(axis.span for axis in axes)), show(tuple(axis.size for axis in axes))
    layer.need(all(axis.out > 0 for axis in axes), "shape.window",
               f"a window that covers {spans} does not fit into {sizes}.",
               'Choose a smaller window, or padding "same".')


def need_groups(layer: Layer, groups: int, channels: int, filters: int) -> None:
    """Raise ShapeError unless channels and filters split into equal groups."""
    for name, number in (("channels", channels), ("filters", filters)):
        layer.need(number % groups == 0, "shape.groups", f"{number} {name} do not split into {groups} equal groups.",
                   f"Choose a number of groups that divides {number}.")


def lifted(frame: Frame) -> Frame:
    """The same arrays with series (n, steps, channels) seen as images of height 1, and kernels as of height 1."""
    return replace(
        frame, xs=tuple(x[:, None] for x in frame.xs), y=frame.y[:, None],
        dxs=tuple(None if dx is None else dx[:, None] for dx in frame.dxs),
        dy=frame.dy[:, None] if frame.gradient else frame.dy,
        weights={k: _lifted(k, w) for k, w in frame.weights.items()},
        grads={k: _lifted(k, w) for k, w in frame.grads.items()},
    )


def _lifted(name: str, array: Array) -> Array:
    return array[None] if name in ("W", "depthwise") else array
