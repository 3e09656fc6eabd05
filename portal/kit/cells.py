"""Cells of a file that opens in a spreadsheet."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def neutral(cell: str) -> str:
    """Return a cell that no spreadsheet computes (CWE-1236); the import takes the apostrophe off again."""
    return f"'{cell}" if cell.lstrip(" \n").startswith(_FORMULA) else cell
