"""Fields and parts of forms that all pages share."""
