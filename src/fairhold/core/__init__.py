"""The pure core: decides, never carries.

Holds values, rules, money, the journal's arithmetic and the cases. Never reads a clock, makes an
id, opens a file, logs, or imports Django: whatever it needs is handed in.
"""
