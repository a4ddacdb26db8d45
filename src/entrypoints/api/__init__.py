"""The programming interface for lead providers: declarations, views, and OpenAPI made of both."""
