"""How the time a pattern takes grows with the text: in a process of its own, for some never come back.

`python -m tests.patterns.growth` reads a list of [name, pattern, is it bytes, flags, method] from its input, and prints a
line for each text that took more than `MOST` times as long when it was twice as long.
"""

import gc
import json
import re
import signal
import sys
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from tests.patterns.hostile import hostile

# Twice the text may take twice as long; the rest is what a busy machine adds.
MOST = 3.0
# Seconds of CPU that can be measured; what is quicker on the longest text is linear.
MEASURABLE, LONGEST = 0.002, 1 << 13
# How many runs each look takes: the quickest is the one nobody interrupted. What seems to grow is looked at again, more closely.
LOOKS = (2, 5, 5)
# Seconds of CPU one text may take before it is given up.
PATIENCE = 2.0


class Endless(Exception):
    """The pattern did not come back."""


def main() -> None:
    signal.signal(signal.SIGVTALRM, _give_up)
    gc.disable()
    for name, pattern, is_bytes, flags, method in json.load(sys.stdin):
        compiled: re.Pattern[Any] = re.compile(pattern.encode("latin-1") if is_bytes else pattern, flags)
        for begin, food, end in hostile(compiled):
            told = _grows(_reader(compiled, method), lambda n, b=begin, f=food, e=end: b + f * n + e, is_bytes)
            if told:
                print(f"{name} .{method}() on {begin!r} + {food!r} * n + {end!r}: {told}", flush=True)
                break


def _give_up(*_: object) -> None:
    raise Endless


def _reader(compiled: "re.Pattern[Any]", method: str) -> Callable[[Any], object]:
    if method in {"match", "fullmatch", "search"}:
        return getattr(compiled, method)  # type: ignore[no-any-return]
    # Whatever goes through the whole text, without keeping what it finds.
    return lambda text: deque(compiled.finditer(text), maxlen=0)


def _grows(read: Callable[[Any], object], text: Callable[[int], str], is_bytes: bool) -> str:
    """Say how the time grows if it grows too fast: each time one looks, for a busy machine seems to once."""
    size = 16
    try:
        while _seconds(read, text(size), is_bytes) < MEASURABLE:
            if len(text(size)) > LONGEST:
                return ""
            size *= 4
        for runs in LOOKS:
            once, twice = _quickest(read, [text(size), text(2 * size)], is_bytes, runs)
            if twice <= MOST * once:
                return ""
    except Endless:
        return f"n = {size} takes for ever"
    return f"n = {size}: {once * 1000:.0f} ms, twice that: {twice * 1000:.0f} ms"


def _quickest(read: Callable[[Any], object], texts: list[str], is_bytes: bool, runs: int) -> list[float]:
    """Return how long each takes when nobody interrupts, turn by turn."""
    turns = [[_seconds(read, text, is_bytes) for text in texts] for _ in range(runs)]
    return [min(each) for each in zip(*turns, strict=True)]


def _seconds(read: Callable[[Any], object], text: str, is_bytes: bool) -> float:
    told = text.encode("latin-1", "replace") if is_bytes else text
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE)
    began = time.thread_time()
    try:
        read(told)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.thread_time() - began


if __name__ == "__main__":
    main()
