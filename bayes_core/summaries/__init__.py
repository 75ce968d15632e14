"""From an answer to numbers: bands, tables, sweeps along a handle, sensitivity."""
