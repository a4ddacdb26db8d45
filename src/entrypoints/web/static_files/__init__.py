"""Building and serving style sheets, scripts and pictures."""
