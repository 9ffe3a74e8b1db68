"""Cognito: confirmation codes that are random, sent, and checked."""

import secrets

from ministack.services import cognito

from .cognito_call import around_calls, current_call, pool_and_user, record_calls

_CODE_FIELDS = {
    "SignUp": "_confirmation_code",
    "ResendConfirmationCode": "_confirmation_code",
    "ForgotPassword": "_reset_code",
    "AdminResetUserPassword": "_reset_code",
}


def repair_random_codes() -> None:
    """Every mailed code is random instead of 123456 or 654321."""
    record_calls()
    stock_send = cognito._send_verification_email

    def send(pool, username, attributes, code, attribute_name="email"):
        field = _CODE_FIELDS.get(current_call().action)
        user = cognito._resolve_user(pool, username)[0]
        if field and user is not None:
            code = f"{secrets.randbelow(10**6):06d}"
            user[field] = code
        return stock_send(pool, username, attributes, code, attribute_name)

    cognito._send_verification_email = send


def repair_code_check() -> None:
    """A wrong code is refused with CodeMismatchException, and the right one verifies the address it was sent to."""

    def answer(handler, call):
        error = cognito._confirmation_code_error(call.action, call.data)
        if error:
            return error
        response = handler(call.data)
        if response[0] == 200 and call.action in ("ConfirmSignUp", "ConfirmForgotPassword"):
            _verify_address(pool_and_user(call)[1])
        return response

    around_calls(answer)


def _verify_address(user) -> None:
    attributes = cognito._attr_list_to_dict((user or {}).get("Attributes", []))
    if user is not None and "email" in attributes:
        user["Attributes"] = cognito._dict_to_attr_list({**attributes, "email_verified": "true"})


REPAIRS = [
    ("cognito-random-codes", repair_random_codes),
    ("cognito-code-check", repair_code_check),
]
