"""Event source mappings: a thread for each, and what AWS does with a stream batch that fails."""

import contextlib
import threading
import time
from typing import Iterator

from ministack.services import kinesis, lambda_svc

from .stream_batch import StreamBatch

_IDLE_POLL_SECONDS = 1.0
# A wake that found nothing was another mapping's: the next one may wait this long, so that writes stay cheap.
_IDLE_WAKE_GAP_SECONDS = 0.05
_THREAD_CHECK_SECONDS = 0.2

_thread = threading.local()


class Wake:
    """Counts the emulator's wake-up calls, so that any number of threads can wait for the next one."""

    def __init__(self) -> None:
        self._condition = threading.Condition()
        self._count = 0

    def count(self) -> int:
        return self._count

    def call(self) -> None:
        with self._condition:
            self._count += 1
            self._condition.notify_all()

    def wait(self, seen: int, seconds: float) -> bool:
        with self._condition:
            return self._condition.wait_for(lambda: self._count != seen, seconds)


def repair_thread_per_mapping() -> None:
    """Every event source mapping is polled by a thread of its own, so that a slow function holds up no other."""
    stock_mappings = lambda_svc._iter_all_esms
    wake = Wake()

    def mappings_of_this_thread():
        only = getattr(_thread, "mapping", None)
        return (entry for entry in stock_mappings() if only is None or entry[2].get("UUID") == only)

    lambda_svc._iter_all_esms = mappings_of_this_thread
    lambda_svc._esm_wake.set = wake.call
    lambda_svc._poll_loop = lambda: _keep_threads(wake)


def _keep_threads(wake: Wake) -> None:
    threads: dict[str, threading.Thread] = {}
    while True:
        for _account, _region, mapping in lambda_svc._iter_all_esms():
            mapping_id = mapping["UUID"]
            if mapping_id not in threads or not threads[mapping_id].is_alive():
                thread = threading.Thread(target=_poll, args=(mapping_id, wake), daemon=True, name="event-source")
                threads[mapping_id] = thread
                thread.start()
        time.sleep(_THREAD_CHECK_SECONDS)


def _poll(mapping_id: str, wake: Wake) -> None:
    _thread.mapping = mapping_id
    found_nothing = False
    while (mapping := next((entry[2] for entry in lambda_svc._iter_all_esms()), None)) is not None:
        seen = wake.count()
        if _poll_once(mapping):
            found_nothing = False
            continue
        if found_nothing:
            time.sleep(_IDLE_WAKE_GAP_SECONDS)
        found_nothing = wake.wait(seen, _IDLE_POLL_SECONDS)


def _poll_once(mapping) -> bool:
    source = mapping.get("EventSourceArn", "")
    polls = {
        "kinesis": lambda_svc._poll_kinesis,
        "dynamodb": lambda_svc._poll_dynamodb_streams,
        "sqs": lambda_svc._poll_sqs,
    }
    poll = polls.get(source.split(":")[2] if source.count(":") >= 5 else "")
    if poll is None:
        return False
    try:
        return poll()
    except Exception:  # One bad poll must not end the mapping's thread; the reason is in the log.
        lambda_svc.logger.exception("event source mapping %s: poll failed", mapping.get("UUID"))
        return False


def repair_stream_failures() -> None:
    """A stream batch that fails is retried, bisected, partly reported and given up as its mapping says."""
    stock_execute = lambda_svc._execute_function

    def execute(function, event):
        if not getattr(_thread, "polling_stream", False):
            return stock_execute(function, event)
        with _polling_stream(False):
            name = (function.get("config") or function)["FunctionName"]
            return StreamBatch(stock_execute, function, name).run(event["Records"])

    lambda_svc._execute_function = execute
    for name in ("_poll_kinesis", "_poll_dynamodb_streams"):
        setattr(lambda_svc, name, _as_stream_poll(getattr(lambda_svc, name)))


def _as_stream_poll(stock_poll):
    def poll():
        with _polling_stream(True):
            return stock_poll()

    return poll


@contextlib.contextmanager
def _polling_stream(polling: bool) -> Iterator[None]:
    before = getattr(_thread, "polling_stream", False)
    _thread.polling_stream = polling
    try:
        yield
    finally:
        _thread.polling_stream = before


def repair_latest_position() -> None:
    """A Kinesis mapping that starts at LATEST reads what is put after its creation, not after its first poll."""
    stock_position = lambda_svc._init_stream_position

    def position(mapping_id, source, starting):
        stock_position(mapping_id, source, starting)
        if ":kinesis:" not in source or starting == "TRIM_HORIZON" or mapping_id in lambda_svc._kinesis_positions:
            return
        stream = kinesis._streams.get(source.split("/")[-1])
        if stream:
            ends = {shard_id: len(shard["records"]) for shard_id, shard in stream["shards"].items()}
            lambda_svc._kinesis_positions[mapping_id] = ends

    lambda_svc._init_stream_position = position


def repair_cost_of_a_put() -> None:
    """A put to a Kinesis stream costs the same however much is in it: records are looked through once the oldest is too old."""
    stock_expire = kinesis._expire_records

    def expire(stream):
        cutoff = time.time() - stream["RetentionPeriodHours"] * 3600
        if any(shard["records"] and _arrival(shard["records"][0]) < cutoff for shard in stream["shards"].values()):
            stock_expire(stream)

    kinesis._expire_records = expire


def _arrival(record) -> float:
    return record["ApproximateArrivalTimestamp"]


REPAIRS = [
    ("event-source-threads", repair_thread_per_mapping),
    ("stream-failures", repair_stream_failures),
    ("kinesis-latest-position", repair_latest_position),
    ("kinesis-cost-of-a-put", repair_cost_of_a_put),
]
