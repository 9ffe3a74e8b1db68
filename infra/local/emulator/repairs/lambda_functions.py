"""Lambda: properties the template names and the provisioner drops, and the wait after each invocation."""

from ministack.core import lambda_runtime
from ministack.services import lambda_svc
from ministack.services.cloudformation import provisioners

_FIRST_LINE_WAIT_SECONDS = 0.002
_IDLE_CONFIRM_SECONDS = 0.001
_HARD_CAP_SECONDS = 0.25


def _set_dropped_properties(name, props) -> None:
    function = lambda_svc._functions[name]
    reserved = props.get("ReservedConcurrentExecutions")
    function["concurrency"] = None if reserved is None else int(reserved)
    if props.get("DeadLetterConfig"):
        function["config"]["DeadLetterConfig"] = props["DeadLetterConfig"]
    else:
        function["config"].pop("DeadLetterConfig", None)


def repair_template_properties() -> None:
    """ReservedConcurrentExecutions and DeadLetterConfig of a template reach the function."""
    handler = provisioners._RESOURCE_HANDLERS["AWS::Lambda::Function"]
    stock_create, stock_update = handler["create"], handler["update"]

    def create(logical_id, props, stack_name):
        name, attributes = stock_create(logical_id, props, stack_name)
        _set_dropped_properties(name, props)
        return name, attributes

    def update(physical_id, old_props, new_props, stack_name, logical_id=None):
        name, attributes = stock_update(physical_id, old_props, new_props, stack_name, logical_id)
        _set_dropped_properties(name, new_props)
        return name, attributes

    handler.update(create=create, update=update)


def repair_invocation_wait() -> None:
    """An invocation that logs nothing answers at once instead of waiting 50 ms for a first log line."""
    lambda_runtime.Worker._drain_stderr_bounded.__defaults__ = (
        _FIRST_LINE_WAIT_SECONDS,
        _IDLE_CONFIRM_SECONDS,
        _HARD_CAP_SECONDS,
    )


REPAIRS = [
    ("lambda-template-properties", repair_template_properties),
    ("lambda-invocation-wait", repair_invocation_wait),
]
