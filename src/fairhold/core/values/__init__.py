"""The smallest words of the domain: money, spans, sealed words, roles. They import nothing."""
