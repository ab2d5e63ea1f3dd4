"""A dispute: filed, argued, defaulted or agreed, reviewed, returned, closed."""
