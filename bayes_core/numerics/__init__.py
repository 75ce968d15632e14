"""Numbers without statistics' nouns: mixtures, draws, convergence, the lasso's path; numpy and scipy only."""
