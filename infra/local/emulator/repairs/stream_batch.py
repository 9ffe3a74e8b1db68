"""One batch of stream records on its way through a function, with the failure handling of its mapping."""

import json
import time
from typing import Any, Callable, Optional

from ministack.core.responses import new_uuid
from ministack.services import lambda_svc

from .destinations import put_object, send

_FIRST_PAUSE_SECONDS = 0.1
_LONGEST_PAUSE_SECONDS = 5.0
_DONE = {"body": None}


class StreamBatch:
    """Ends only when every record was processed or given up, or when its mapping is gone or switched off."""

    def __init__(self, execute: Callable[[dict, dict], dict], function: dict, function_name: str) -> None:
        self._execute = execute
        self._function = function
        self._function_name = function_name

    def run(self, records: list[dict]) -> dict:
        """Returns success to the poller, which then moves on; or the error, after which it polls the batch again."""
        return self._run_part(records)

    def _run_part(self, records: list[dict]) -> dict:
        attempts = 0
        while True:
            mapping = self._mapping(records)
            if mapping is None:
                return {"error": True, "body": {"errorMessage": "the event source mapping is gone or disabled"}}
            result = self._execute(self._function, {"Records": records})
            attempts += 1
            failed_from = _first_failure(mapping, records, result)
            if failed_from is None:
                return _DONE
            if failed_from > 0:
                records, attempts = records[failed_from:], 0
                continue
            # Cutting a batch in two is not an attempt. A function that named its failure was cut there already.
            if mapping.get("BisectBatchOnFunctionError") and len(records) > 1 and result.get("error"):
                middle = len(records) // 2
                first = self._run_part(records[:middle])
                return self._run_part(records[middle:]) if first is _DONE else first
            condition = _reason_to_give_up(mapping, records, attempts)
            if condition:
                self._give_up(mapping, records, result, condition, attempts)
                return _DONE
            time.sleep(min(_FIRST_PAUSE_SECONDS * 2**attempts, _LONGEST_PAUSE_SECONDS))

    def _mapping(self, records: list[dict]) -> Optional[dict]:
        source = records[0].get("eventSourceARN")
        for _account, _region, mapping in lambda_svc._iter_all_esms():
            if mapping.get("EventSourceArn") == source and mapping.get("FunctionName") == self._function_name:
                return mapping if mapping.get("Enabled", True) else None
        return None

    def _give_up(self, mapping: dict, records: list[dict], result: dict, condition: str, attempts: int) -> None:
        target = ((mapping.get("DestinationConfig") or {}).get("OnFailure") or {}).get("Destination")
        if not target:
            return
        config = self._function.get("config") or self._function
        stream_kind = "KinesisBatchInfo" if "kinesis" in records[0] else "DDBStreamBatchInfo"
        response = {"statusCode": 200, "executedVersion": "$LATEST"}
        if result.get("error"):
            response["functionError"] = result.get("function_error") or "Unhandled"
        message = {
            "requestContext": {
                "requestId": new_uuid(),
                "functionArn": config.get("FunctionArn", ""),
                "condition": condition,
                "approximateInvokeCount": attempts,
            },
            "responseContext": response,
            "version": "1.0",
            "timestamp": _iso(time.time()),
            stream_kind: _batch_pointer(records),
        }
        if not target.startswith("arn:aws:s3:::"):
            send(target, json.dumps(message))
            return
        # A bucket alone is given the records themselves: the whole event, as text.
        message["payload"] = json.dumps({"Records": records})
        shard = message[stream_kind]["shardId"]
        now = time.strftime("%Y/%m/%d/%Y-%m-%dT%H.%M.%S", time.gmtime())
        put_object(target, f"aws/lambda/{mapping['UUID']}/{shard}/{now}-{new_uuid()}", json.dumps(message))


def _first_failure(mapping: dict, records: list[dict], result: dict) -> Optional[int]:
    """The index of the first record that failed; 0 when the whole batch did, None when nothing did."""
    if result.get("error"):
        return 0
    if "ReportBatchItemFailures" not in (mapping.get("FunctionResponseTypes") or []):
        return None
    body: Any = result.get("body")
    if isinstance(body, (str, bytes)) and body:
        body = json.loads(body)
    failures = body.get("batchItemFailures") if isinstance(body, dict) else None
    if not failures:
        return None
    numbers = [_sequence_number(record) for record in records]
    named = [failure.get("itemIdentifier") for failure in failures]
    # As on AWS, a name that is none of the batch's fails all of it.
    return min(numbers.index(name) if name in numbers else 0 for name in named)


def _reason_to_give_up(mapping: dict, records: list[dict], attempts: int) -> Optional[str]:
    most_retries = int(mapping.get("MaximumRetryAttempts", -1))
    if 0 <= most_retries < attempts:
        return "RetryAttemptsExhausted"
    longest_age = int(mapping.get("MaximumRecordAgeInSeconds", -1))
    if longest_age > 0 and time.time() - _arrival(records[0]) > longest_age:
        return "RecordAgeExceeded"
    return None


def _sequence_number(record: dict) -> str:
    return str((record.get("kinesis") or {}).get("sequenceNumber") or record["dynamodb"]["SequenceNumber"])


def _arrival(record: dict) -> float:
    if "kinesis" in record:
        return float(record["kinesis"]["approximateArrivalTimestamp"])
    return float(record["dynamodb"]["ApproximateCreationDateTime"])


def _batch_pointer(records: list[dict]) -> dict:
    first, last = records[0], records[-1]
    shard = first["eventID"].split(":")[0] if "kinesis" in first else "shardId-00000000000000000000-00000000"
    return {
        "shardId": shard,
        "startSequenceNumber": _sequence_number(first),
        "endSequenceNumber": _sequence_number(last),
        "approximateArrivalOfFirstRecord": _iso(_arrival(first)),
        "approximateArrivalOfLastRecord": _iso(_arrival(last)),
        "batchSize": len(records),
        "streamArn": first["eventSourceARN"],
    }


def _iso(seconds: float) -> str:
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(seconds))
