"""CloudWatch Logs: filter patterns for JSON, and metric filters, which are stored and never count."""

import json
import re
import time

from ministack.services import cloudwatch, cloudwatch_logs

_TOKEN = re.compile(r'\s*(\(|\)|&&|\|\||!=|=|\$(?:\.\w+)+|"[^"]*")')


def _field(event, selector):
    """What `$.a.b` names in an event; None where it is not there."""
    for name in selector.split(".")[1:]:
        event = event.get(name) if isinstance(event, dict) else None
    return event


def _tokens(pattern):
    inner, at, found = pattern.strip()[1:-1].strip(), 0, []
    while at < len(inner):
        token = _TOKEN.match(inner, at)
        if token is None:
            raise ValueError(f"a filter pattern that the emulator does not understand: {pattern}")
        found.append(token.group(1))
        at = token.end()
    return found


def _either(tokens):
    tests = [_both(tokens)]
    while tokens and tokens[0] == "||":
        tokens.pop(0)
        tests.append(_both(tokens))
    return lambda event: any(test(event) for test in tests)


def _both(tokens):
    tests = [_term(tokens)]
    while tokens and tokens[0] == "&&":
        tokens.pop(0)
        tests.append(_term(tokens))
    return lambda event: all(test(event) for test in tests)


def _term(tokens):
    first = tokens.pop(0)
    if first == "(":
        inner = _either(tokens)
        tokens.pop(0)
        return inner
    operator, wanted = tokens.pop(0), tokens.pop(0)[1:-1]
    if operator == "=":
        return lambda event: _field(event, first) == wanted
    return lambda event: _field(event, first) not in (None, wanted)


def _matches(pattern, message):
    """Whether a pattern for JSON matches a line; a line that is no JSON object is matched by none."""
    try:
        event = json.loads(message)
    except ValueError:
        return False
    return isinstance(event, dict) and _either(_tokens(pattern))(event)


def _look_at_alarms():
    """Again when a metric came meanwhile: an alarm that was looked at that moment was left out."""
    known = None
    while known != len(cloudwatch._metrics):
        known = len(cloudwatch._metrics)
        cloudwatch._evaluate_all_alarms()


def repair_metric_filters() -> None:
    """Lines that a metric filter for JSON matches count in its metric, and alarms on that metric are looked at."""
    stock_fanout = cloudwatch_logs._fanout_to_subscription_filters

    def fanout(group_name, stream_name, events):
        stock_fanout(group_name, stream_name, events)
        counted = False
        for (group, _name), spec in list(cloudwatch_logs._metric_filters.items()):
            if group != group_name or not spec["filterPattern"].strip().startswith("{"):
                continue
            matching = [event for event in events if _matches(spec["filterPattern"], event.get("message", ""))]
            for metric in spec["metricTransformations"] if matching else ():
                value = float(metric["metricValue"]) * len(matching)
                cloudwatch._store_datum(
                    metric["metricNamespace"], metric["metricName"], {}, time.time(), "None", value, None, None, None
                )
                counted = True
        if counted:
            _look_at_alarms()

    cloudwatch_logs._fanout_to_subscription_filters = fanout


REPAIRS = [("logs-metric-filters", repair_metric_filters)]
