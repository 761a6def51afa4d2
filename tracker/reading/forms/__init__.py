"""填报表 that came back, in whatever shape."""
