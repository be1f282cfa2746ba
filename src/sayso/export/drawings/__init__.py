"""What pages and pictures draw: outlines of countries, areas of places, bars of time."""
