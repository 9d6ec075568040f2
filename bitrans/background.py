"""Work done beside other work: what is read or computed outside Python goes on at the same time."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread
from typing import Generic, TypeVar

T = TypeVar("T")


class Background(Generic[T]):
    """A function's result, worked out in a thread of its own from now on."""

    def __init__(self, work: Callable[[], T]) -> None:
        self._work = work
        self._found: list[T] = []
        self._error: BaseException | None = None
        self._done = Event()
        Thread(target=self._run).start()

    def wait(self) -> T:
        """The result, as soon as it is there; what the function raised is raised here.

        A thread whose ``join`` is interrupted counts as ended, and Python would leave while it
        runs; so an event is waited for.
        """
        self._done.wait()
        if self._error is not None:
            raise self._error
        return self._found[0]

    def _run(self) -> None:
        try:
            self._found.append(self._work())
        except BaseException as error:  # whatever it is, who waits is to meet it
            self._error = error
        finally:
            self._done.set()
