"""Targets of rules and schedules: the missing ones, and functions that fail."""

import contextvars
import json

from ministack.services import eventbridge, lambda_svc, sqs

from .destinations import send

_target: contextvars.ContextVar[dict] = contextvars.ContextVar("target")


def repair_dead_letters() -> None:
    """An event whose target is missing goes to the target's dead-letter queue, and says why."""
    stock_invoke = eventbridge._invoke_target
    stock_lambda, stock_sqs = eventbridge._dispatch_to_lambda, eventbridge._dispatch_to_sqs

    def invoke(target, event, rule, *rest, **options):
        token = _target.set({**target, "RuleArn": rule.get("Arn", "")})
        try:
            return stock_invoke(target, event, rule, *rest, **options)
        finally:
            _target.reset(token)

    def to_lambda(arn, payload):
        function, config, _name = lambda_svc._get_func_record_for_ref(arn)
        return stock_lambda(arn, payload) if function and config else _give_up(payload)

    def to_sqs(spec, payload, *rest):
        found = sqs._queue_by_arn(str(spec)) is not None
        return stock_sqs(spec, payload, *rest) if found else _give_up(payload)

    eventbridge._invoke_target = invoke
    eventbridge._dispatch_to_lambda, eventbridge._dispatch_to_sqs = to_lambda, to_sqs


def _give_up(payload: str) -> None:
    target = _target.get()
    queue = (target.get("DeadLetterConfig") or {}).get("Arn")
    if queue:
        about = {"ERROR_CODE": "RESOURCE_NOT_FOUND", "TARGET_ARN": target["Arn"], "RULE_ARN": target["RuleArn"]}
        send(queue, payload, {name: value for name, value in about.items() if value})


def repair_asynchronous_functions() -> None:
    """A function that a rule or schedule calls is called asynchronously: tried again, then given up to its destination."""
    stock_lambda = eventbridge._dispatch_to_lambda

    def to_lambda(arn, payload):
        function, config, _name = lambda_svc._get_func_record_for_ref(arn)
        if not function or not config:
            return stock_lambda(arn, payload)
        return lambda_svc.invoke_async_with_retry(
            lambda_svc._execution_record_for_config(function, config), json.loads(payload)
        )

    eventbridge._dispatch_to_lambda = to_lambda


REPAIRS = [
    ("targets-dead-letters", repair_dead_letters),
    ("targets-asynchronous-functions", repair_asynchronous_functions),
]
