"""Parts of `report`: its files, its relatives, and the page."""
