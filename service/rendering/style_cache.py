"""Compiled styles by key, the least recently used given up first, bounded by their number and by their weight."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

from service.rendering.processor import CompiledStyle


class StyleCache:
    """Keeps at most `number` styles whose XML has at most `weight` bytes in all; safe to share between threads.

    What a compiled style takes in memory grows with its XML (some twenty bytes for one). Counting styles alone would
    let a hundred variants of the Chicago manual take five times what a hundred styles take otherwise.
    """

    def __init__(self, number: int, weight: int) -> None:
        self._number, self._most = number, weight
        self._kept: OrderedDict[Hashable, tuple[CompiledStyle, int]] = OrderedDict()
        self._lock = Lock()
        self.weight = 0

    def __len__(self) -> int:
        return len(self._kept)

    def get(self, key: Hashable, read: Callable[[], bytes], make: Callable[[bytes], CompiledStyle]) -> CompiledStyle:
        """The style kept under `key`, or made from what `read` gives. Of two made at once the first stays."""
        with self._lock:
            found = self._kept.get(key)
            if found is not None:
                self._kept.move_to_end(key)
                return found[0]
        xml = read()
        made = make(xml)
        with self._lock:
            if key not in self._kept:
                self._kept[key] = made, len(xml)
                self.weight += len(xml)
            made = self._kept[key][0]
            while len(self._kept) > 1 and (len(self._kept) > self._number or self.weight > self._most):
                self.weight -= self._kept.popitem(last=False)[1][1]
        return made
