"""The pages: parse -> flow -> render. They work without JavaScript."""
