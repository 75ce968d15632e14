"""How good an answer is: scores, coverage, distance from the truth."""
