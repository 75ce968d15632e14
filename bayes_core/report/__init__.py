"""What can be taken away: the numbers behind a picture as CSV, draws as NetCDF, a report as one HTML file."""
