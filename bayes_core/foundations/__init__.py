"""Bayes' theorem by hand: two events, diagnostic tests, conjugate families, naive Bayes."""
