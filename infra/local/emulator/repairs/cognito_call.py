"""What the Cognito repairs share: the call being answered, its user, and how a trigger of the pool is run."""

import ast
import contextvars
from typing import Any, Callable, NamedTuple, Optional

from ministack.services import cognito, lambda_svc


class Call(NamedTuple):
    """One API call: its action (SignUp, InitiateAuth, ...) and its parameters."""

    action: str
    data: dict


_NO_CALL = Call("", {})
_current: contextvars.ContextVar[Call] = contextvars.ContextVar("cognito_call", default=_NO_CALL)
_recording: list[bool] = []


def current_call() -> Call:
    """The call being answered on this thread; an empty one outside of a call."""
    return _current.get()


def record_calls() -> None:
    """Makes ``current_call`` work; every repair that reads it asks for this, and only the first time counts."""
    if _recording:
        return
    _recording.append(True)
    stock_run = cognito._run_idp_handler

    def run(handler, action, data):
        token = _current.set(Call(action, data))
        try:
            return stock_run(handler, action, data)
        finally:
            _current.reset(token)

    cognito._run_idp_handler = run


def around_calls(wrap: Callable[[Callable[[dict], tuple], Call], tuple]) -> None:
    """Puts ``wrap(handler, call)`` around the handler of every call, after the pool's region is known."""
    stock_run = cognito._run_idp_handler

    def run(handler, action, data):
        return stock_run(lambda given: wrap(handler, Call(action, given)), action, data)

    cognito._run_idp_handler = run


def pool_and_user(call: Call) -> tuple[Optional[dict], Optional[dict]]:
    """The pool and the user that a call is about; None for what it does not name or what does not exist."""
    data = call.data
    if data.get("UserPoolId"):
        pool = cognito._user_pools.get(data["UserPoolId"])
    else:
        pool = cognito._pool_for_client(data.get("ClientId"))[0]
    name = data.get("Username")
    for parameters in ("AuthParameters", "ChallengeResponses"):
        name = name or (data.get(parameters) or {}).get("USERNAME")
    user = cognito._resolve_user(pool, name)[0] if pool and name else None
    return pool, user


def trigger_attributes(user: dict) -> dict:
    """A user's attributes as a trigger's event has them."""
    attributes = cognito._attr_list_to_dict(user.get("Attributes", []))
    return {"email_verified": "false", **attributes, "cognito:user_status": user.get("UserStatus", "")}


def failure_text(trigger: str, body: Any) -> str:
    """AWS's sentence for a trigger that threw; MiniStack gives the printed form of the error's record."""
    text = body.get("errorMessage", str(body)) if isinstance(body, dict) else str(body)
    if text.startswith("{'"):
        text = ast.literal_eval(text).get("errorMessage", text)
    return f"{trigger} failed with error {text.rstrip('.')}."


def run_trigger(pool: dict, trigger: str, source: str, user: dict, call: Call, request: dict) -> Optional[tuple]:
    """Runs the pool's trigger, if it has one, and returns the API's error when the trigger threw."""
    function = (pool.get("LambdaConfig") or {}).get(trigger)
    if not function:
        return None
    record, config, _name = lambda_svc._get_func_record_for_ref(function)
    if record is None or config is None:
        return cognito.error_response_json("UnexpectedLambdaException", f"{trigger} is missing: {function}", 400)
    event = {
        "version": "1",
        "triggerSource": source,
        "region": cognito._pool_region(pool["Id"]),
        "userPoolId": pool["Id"],
        "userName": user["Username"],
        "callerContext": {
            "awsSdkVersion": "aws-sdk-unknown-unknown",
            "clientId": call.data.get("ClientId") or "CLIENT_ID_NOT_APPLICABLE",
        },
        "request": {"userAttributes": trigger_attributes(user), **request},
        "response": {},
    }
    execution = lambda_svc._execution_record_for_config(record, config)
    result = lambda_svc._execute_function_with_config_scope(execution, event)
    if result.get("error"):
        message = failure_text(trigger, result.get("body"))
        return cognito.error_response_json("UserLambdaValidationException", message, 400)
    return None
