"""EventBridge Scheduler: the context attributes in a schedule's input."""

import time
from datetime import datetime, timezone

from ministack.core.responses import new_uuid
from ministack.services import eventbridge, scheduler


def _scheduled_time(schedule, fired_at) -> str:
    once_at = scheduler._at_time_epoch(schedule.get("ScheduleExpression", ""))
    # A cron occurrence is a whole minute; the sweep comes up to ten seconds after it.
    moment = once_at if once_at is not None else fired_at - fired_at % 60
    return datetime.fromtimestamp(moment, tz=timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ")


def repair_context_attributes() -> None:
    """<aws.scheduler.scheduled-time> and its siblings in a schedule's input are replaced by their values."""
    stock_invoke = eventbridge._invoke_target

    def invoke(target, event, rule, *rest, **options):
        given = target.get("Input")
        if event.get("Source") == "aws.scheduler" and isinstance(given, str) and "<aws.scheduler." in given:
            values = {
                "scheduled-time": _scheduled_time(rule, event.get("Time", time.time())),
                "schedule-arn": rule.get("Arn", ""),
                "execution-id": new_uuid(),
                "attempt-number": "1",
            }
            for name, value in values.items():
                given = given.replace(f"<aws.scheduler.{name}>", value)
            target = {**target, "Input": given}
        return stock_invoke(target, event, rule, *rest, **options)

    eventbridge._invoke_target = invoke


REPAIRS = [("scheduler-context-attributes", repair_context_attributes)]
