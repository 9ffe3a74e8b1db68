"""Cognito: triggers of a user pool that MiniStack runs for other flows only, or runs with less than AWS gives them."""

from ministack.services import cognito

from .cognito_call import (
    around_calls,
    current_call,
    failure_text,
    pool_and_user,
    record_calls,
    run_trigger,
    trigger_attributes,
)

_MESSAGE_SOURCES = {
    "SignUp": "CustomMessage_SignUp",
    "ResendConfirmationCode": "CustomMessage_ResendCode",
    "ForgotPassword": "CustomMessage_ForgotPassword",
    "AdminResetUserPassword": "CustomMessage_ForgotPassword",
}

_CONFIRMATION_SOURCES = {
    "SignUp": "PostConfirmation_ConfirmSignUp",
    "ConfirmSignUp": "PostConfirmation_ConfirmSignUp",
    "AdminConfirmSignUp": "PostConfirmation_ConfirmSignUp",
    "ConfirmForgotPassword": "PostConfirmation_ConfirmForgotPassword",
}


def repair_pre_sign_up_error() -> None:
    """A PreSignUp trigger that throws refuses the sign-up with AWS's sentence."""
    stock_apply = cognito._apply_presignup_trigger

    def apply(*args, **options):
        try:
            return stock_apply(*args, **options)
        except cognito._PreSignUpRejected as refusal:
            raise cognito._PreSignUpRejected(failure_text("PreSignUp", str(refusal))) from refusal

    cognito._apply_presignup_trigger = apply


def repair_pre_sign_up_metadata() -> None:
    """A PreSignUp trigger sees the call's ClientMetadata and ValidationData."""
    record_calls()
    stock_build = cognito._build_presignup_event

    def build(*args, **options):
        event = stock_build(*args, **options)
        data = current_call().data
        if data.get("ClientMetadata"):
            event["request"]["clientMetadata"] = data["ClientMetadata"]
        if data.get("ValidationData"):
            event["request"]["validationData"] = {item["Name"]: item.get("Value") for item in data["ValidationData"]}
        return event

    cognito._build_presignup_event = build


def repair_custom_message() -> None:
    """CustomMessage writes the mails of sign-up, resent codes and forgotten passwords."""
    record_calls()
    stock_send, stock_template = cognito._send_verification_email, cognito._resolve_verification_template

    def send(pool, username, attributes, code, attribute_name="email"):
        action, data = current_call()
        source = _MESSAGE_SOURCES.get(action)
        user = cognito._resolve_user(pool, username)[0]
        if source is None or user is None:
            return stock_send(pool, username, attributes, code, attribute_name)
        message = cognito._apply_custom_message_trigger(
            pool, source, user["Username"], trigger_attributes(user), data.get("ClientMetadata")
        )
        shown = {**pool, "_custom_message": message}
        return stock_send(shown, username, attributes, code, attribute_name)

    def template(pool, by_link=False):
        subject, body = stock_template(pool, by_link=by_link)
        message = pool.get("_custom_message") or {}
        return message.get("emailSubject") or subject, message.get("emailMessage") or body

    def answer(handler, call):
        try:
            return handler(call.data)
        except cognito._CustomMessageRejected as refusal:
            message = failure_text("CustomMessage", str(refusal))
            return cognito.error_response_json("UserLambdaValidationException", message, 400)

    cognito._send_verification_email = send
    cognito._resolve_verification_template = template
    around_calls(answer)


def repair_post_confirmation() -> None:
    """PostConfirmation runs after a sign-up or a new password is confirmed."""

    def answer(handler, call):
        response = handler(call.data)
        source = _CONFIRMATION_SOURCES.get(call.action)
        if source is None or response[0] != 200:
            return response
        pool, user = pool_and_user(call)
        if pool is None or user is None or user.get("UserStatus") != "CONFIRMED":
            return response
        return run_trigger(pool, "PostConfirmation", source, user, call, _metadata(call)) or response

    around_calls(answer)


def repair_post_authentication() -> None:
    """PostAuthentication runs after every sign-in, but not after a refresh."""

    def answer(handler, call):
        response = handler(call.data)
        if not _signed_in(call, response):
            return response
        pool, user = pool_and_user(call)
        if pool is None or user is None:
            return response
        # InitiateAuth does not hand its metadata to this trigger; a challenge's answer does.
        metadata = {} if call.action.endswith("InitiateAuth") else _metadata(call)
        request = {"newDeviceUsed": False, **metadata}
        source = "PostAuthentication_Authentication"
        return run_trigger(pool, "PostAuthentication", source, user, call, request) or response

    around_calls(answer)


def _signed_in(call, response) -> bool:
    if not call.action.endswith(("InitiateAuth", "RespondToAuthChallenge")) or response[0] != 200:
        return False
    refreshing = str(call.data.get("AuthFlow", "")).startswith("REFRESH_TOKEN")
    return not refreshing and b'"AuthenticationResult"' in response[2]


def _metadata(call) -> dict:
    given = call.data.get("ClientMetadata")
    return {"clientMetadata": given} if given else {}


REPAIRS = [
    ("cognito-pre-sign-up-error", repair_pre_sign_up_error),
    ("cognito-pre-sign-up-metadata", repair_pre_sign_up_metadata),
    ("cognito-custom-message", repair_custom_message),
    ("cognito-post-confirmation", repair_post_confirmation),
    ("cognito-post-authentication", repair_post_authentication),
]
