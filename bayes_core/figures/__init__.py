"""Pure functions from summaries to plotly figures and to the frames of the live chart; never jax."""
