"""The look: tokens become a palette, a style sheet, icons, fonts and colour maps."""
