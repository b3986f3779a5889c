"""What is read off the screen's thread, on a connection that is closed with the house."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING

import pytest

from finsam_tui.tui.reader import Reader

if TYPE_CHECKING:
    from finsam_tui.storage.register import Register


async def test_a_job_runs_in_another_thread_on_another_connection(register: Register) -> None:
    reader = Reader(register)

    def job(twin: Register) -> tuple[bool, int, int]:
        one = twin.sql("SELECT 1").fetchall()
        return twin is register, threading.get_ident(), len(one)

    same, thread, rows = await reader.ask(job)
    assert not same
    assert thread != threading.get_ident()
    assert rows == 1
    reader.close()


async def test_a_fault_of_the_job_is_the_askers(register: Register) -> None:
    reader = Reader(register)
    with pytest.raises(LookupError):
        await reader.ask(lambda twin: twin.one("person", participant_id=0))
    reader.close()


async def test_a_job_nobody_waits_for_is_not_run(register: Register) -> None:
    reader = Reader(register)
    begun, go_on, done = threading.Event(), threading.Event(), []

    def first(_twin: Register) -> None:
        begun.set()
        go_on.wait()

    one = asyncio.ensure_future(reader.ask(first))
    two = asyncio.ensure_future(reader.ask(lambda _twin: done.append(2)))
    await asyncio.to_thread(begun.wait)
    two.cancel()
    await asyncio.sleep(0)
    go_on.set()
    await one
    reader.close()
    assert done == []


async def test_closing_closes_the_twin(register: Register) -> None:
    reader = Reader(register)
    twin = await reader.ask(lambda twin: twin)
    reader.close()
    with pytest.raises(Exception, match="låst"):
        _ = twin.conn
