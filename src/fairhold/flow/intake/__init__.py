"""Step 1 of the write path for what arrives as documents and files: parse, name the field at fault."""
