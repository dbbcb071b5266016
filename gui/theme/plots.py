"""Plots in the colours and type of the theme."""

import pyqtgraph as pg

from gui.theme import fonts
from gui.theme.tokens import Tokens


def restyle(plot: pg.PlotItem | pg.PlotWidget, tokens: Tokens, *, grid: bool = True) -> None:
    """Give a plot its background, quiet axes and small digits; call again when the theme changes.

    Plots of pictures go without the grid, which would lie on top of them.
    """
    if isinstance(plot, pg.PlotWidget):
        plot.setBackground(tokens.plot)
        item = plot.getPlotItem()
    else:
        item = plot
    for side in ("left", "bottom"):
        _restyle_axis(item.getAxis(side), tokens, grid)
    item.hideButtons()


def _restyle_axis(axis: pg.AxisItem, tokens: Tokens, grid: bool) -> None:
    axis.setPen(pg.mkPen(tokens.border_strong))
    axis.setTextPen(pg.mkPen(tokens.text_muted))
    axis.setTickPen(pg.mkPen(tokens.plot_grid))
    axis.setStyle(tickFont=fonts.font(tokens, small=True), tickLength=0, tickTextOffset=6, maxTickLevel=0)
    axis.setGrid(255 if grid else False)
    axis.label.setFont(fonts.font(tokens, small=True))
