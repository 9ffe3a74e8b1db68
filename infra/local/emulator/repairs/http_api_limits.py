"""HTTP API: what a stage limits and logs."""

import asyncio
import contextvars
import json
import re
import time

from ministack.services import apigateway, cloudwatch_logs

_DEFAULT_TIMEOUT_MS = 30_000
_request_id: contextvars.ContextVar[str] = contextvars.ContextVar("http_api_request_id", default="")


def repair_throttling() -> None:
    """A stage's default rate and burst are kept: what exceeds them is answered 429."""
    stock_execute = apigateway.handle_execute
    buckets: dict[tuple[str, str], tuple[float, float]] = {}

    async def execute(api_id, stage, *rest, **options):
        settings = _stage(api_id, stage).get("defaultRouteSettings") or {}
        rate, burst = _setting(settings, "ThrottlingRateLimit"), _setting(settings, "ThrottlingBurstLimit")
        if rate is not None and burst is not None:
            now = time.monotonic()
            tokens, filled_at = buckets.get((api_id, stage), (float(burst), now))
            tokens = min(float(burst), tokens + (now - filled_at) * float(rate))
            buckets[(api_id, stage)] = (tokens - 1 if tokens >= 1 else tokens, now)
            if tokens < 1:
                return _refusal(429, "Too Many Requests")
        return await stock_execute(api_id, stage, *rest, **options)

    apigateway.handle_execute = execute


def repair_integration_timeout() -> None:
    """An integration that takes longer than its limit is answered for: 503."""
    stock_execute = apigateway.handle_execute

    async def execute(api_id, stage, path, method, *rest, **options):
        answering = asyncio.ensure_future(stock_execute(api_id, stage, path, method, *rest, **options))
        # Not cancelled when it is late: a function that was called runs on, on AWS too.
        done, _late = await asyncio.wait({answering}, timeout=_timeout_ms(api_id, method, path) / 1000)
        return answering.result() if done else _refusal(503, "Service Unavailable")

    apigateway.handle_execute = execute


def repair_access_logs() -> None:
    """A stage with an access log has a line for each request, under the id that the function is given."""
    stock_execute, stock_id = apigateway.handle_execute, apigateway.new_uuid

    async def execute(api_id, stage, path, method, *rest, **options):
        token = _request_id.set(stock_id())
        started = time.time()
        try:
            response = await stock_execute(api_id, stage, path, method, *rest, **options)
            if response:
                _log(api_id, stage, path, method, started, response)
            return response
        finally:
            _request_id.reset(token)

    apigateway.handle_execute = execute
    # Of the data plane's calls, only the event's request id is made while one is being answered.
    apigateway.new_uuid = lambda: _request_id.get() or stock_id()


def _log(api_id, stage, path, method, started, response) -> None:
    settings = _stage(api_id, stage).get("accessLogSettings") or {}
    group = str(_setting(settings, "DestinationArn") or "").split(":log-group:")[-1].removesuffix(":*")
    if group not in cloudwatch_logs._log_groups:
        return
    facts = {
        "requestId": _request_id.get(),
        "requestTime": time.strftime("%d/%b/%Y:%H:%M:%S +0000", time.gmtime(started)),
        "httpMethod": method,
        "path": path,
        "routeKey": (apigateway._match_route(api_id, method, path) or {}).get("routeKey", "-"),
        "stage": stage,
        "status": response[0],
        "responseLatency": int((time.time() - started) * 1000),
        "responseLength": len(response[2] or b""),
    }
    line = re.sub(
        r"\$context\.([\w.]+)", lambda name: str(facts.get(name[1], "-")), str(_setting(settings, "Format") or "")
    )
    stream = {"logGroupName": group, "logStreamName": "access"}
    if "access" not in cloudwatch_logs._log_groups[group]["streams"]:
        cloudwatch_logs._create_log_stream(stream)
    events = [{"timestamp": int(time.time() * 1000), "message": line}]
    cloudwatch_logs._put_log_events({**stream, "logEvents": events})


def _stage(api_id, stage) -> dict:
    return (apigateway._stages.get(api_id) or {}).get(stage) or {}


def _setting(settings, name):
    """A setting by its template's name; the API stores it with a small first letter."""
    return settings.get(name[0].lower() + name[1:], settings.get(name))


def _timeout_ms(api_id, method, path) -> int:
    target = str((apigateway._match_route(api_id, method, path) or {}).get("target") or "")
    integration = (apigateway._integrations.get(api_id) or {}).get(target.rsplit("/", 1)[-1]) or {}
    return int(integration.get("timeoutInMillis") or _DEFAULT_TIMEOUT_MS)


def _refusal(status, message):
    return status, {"Content-Type": "application/json"}, json.dumps({"message": message}).encode()


REPAIRS = [
    ("http-api-throttling", repair_throttling),
    ("http-api-integration-timeout", repair_integration_timeout),
    ("http-api-access-logs", repair_access_logs),
]
