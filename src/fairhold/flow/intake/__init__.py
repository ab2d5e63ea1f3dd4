"""Step 1 of the write path for what arrives as documents and files.

Parse, name the field at fault.
"""
