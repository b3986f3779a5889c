"""A made-up association in its fourth year, to look at, to learn on and to measure with."""
