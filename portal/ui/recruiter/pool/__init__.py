"""The pool: everyone in it, searched and narrowed."""
