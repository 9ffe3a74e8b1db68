"""Cognito: an e-mail address that its owner changes."""

import secrets

from ministack.core.concurrency import run_reentrant
from ministack.core.responses import json_response
from ministack.services import cognito

from .cognito_call import trigger_attributes

_TAKEN = "An account with the given email already exists."


def repair_attribute_verification() -> None:
    """A changed e-mail gets a code, and where the pool keeps the original, it holds once the code came back."""
    stock_update, stock_dispatch = cognito._update_user_attributes, cognito._dispatch_idp
    added = {"VerifyUserAttribute": _verify, "GetUserAttributeVerificationCode": _send_again}

    def update(data):
        user, pool = cognito._user_pool_for_access_token(data.get("AccessToken"))
        given = {item["Name"]: item.get("Value") for item in data.get("UserAttributes", [])}
        address = given.get("email")
        if user is None or address is None or address == _attributes(user).get("email"):
            return stock_update(data)
        if _is_taken(pool, user, address):
            return cognito.error_response_json("AliasExistsException", _TAKEN, 400)
        others = [item for item in data["UserAttributes"] if item["Name"] not in ("email", "email_verified")]
        stock_update({**data, "UserAttributes": others})
        if _keeps_original(pool):
            user["_pending_email"] = address
        else:
            _set(user, email=address, email_verified="false")
        sent = "email" in pool.get("AutoVerifiedAttributes", [])
        details = [_mail(pool, user, address, "CustomMessage_UpdateUserAttribute", data)] if sent else []
        return json_response({"CodeDeliveryDetailsList": details})

    async def dispatch(action, data):
        if action not in added:
            return await stock_dispatch(action, data)
        return await run_reentrant(
            cognito._run_idp_handler, added[action], action, data, thread_name="ministack-cognito-trigger"
        )

    cognito._update_user_attributes = update
    cognito._dispatch_idp = dispatch


def _send_again(data):
    user, pool = cognito._user_pool_for_access_token(data.get("AccessToken"))
    if user is None:
        return cognito.error_response_json("NotAuthorizedException", "Invalid access token.", 400)
    address = user.get("_pending_email") or _attributes(user).get("email")
    return json_response({"CodeDeliveryDetails": _mail(pool, user, address, "CustomMessage_VerifyUserAttribute", data)})


def _verify(data):
    user, pool = cognito._user_pool_for_access_token(data.get("AccessToken"))
    if user is None:
        return cognito.error_response_json("NotAuthorizedException", "Invalid access token.", 400)
    error = cognito._code_error(user.get("_attribute_code"), data.get("Code"))
    if error:
        return error
    address = user.get("_pending_email") or _attributes(user).get("email")
    if _is_taken(pool, user, address):
        return cognito.error_response_json("AliasExistsException", _TAKEN, 400)
    user.pop("_attribute_code")
    user.pop("_pending_email", None)
    _set(user, email=address, email_verified="true")
    return json_response({})


def _mail(pool, user, address, source, data) -> dict:
    code = user["_attribute_code"] = f"{secrets.randbelow(10**6):06d}"
    message = cognito._apply_custom_message_trigger(
        pool, source, user["Username"], trigger_attributes(user), data.get("ClientMetadata")
    )
    subject, body = cognito._resolve_verification_template(pool)
    cognito._deliver_cognito_email(
        pool,
        address,
        message.get("emailSubject") or subject,
        cognito._expand_template(message.get("emailMessage") or body, user["Username"], code),
        type_name="CognitoVerificationMessage",
        extra={"Username": user["Username"], "AttributeName": "email"},
    )
    masked = cognito._masked_destination(address)
    return {"Destination": masked, "DeliveryMedium": "EMAIL", "AttributeName": "email"}


def _is_taken(pool, user, address) -> bool:
    other = cognito._resolve_user(pool, address)[0]
    return other is not None and other is not user


def _keeps_original(pool) -> bool:
    settings = pool.get("UserAttributeUpdateSettings") or {}
    return "email" in (settings.get("AttributesRequireVerificationBeforeUpdate") or [])


def _attributes(user) -> dict:
    return cognito._attr_list_to_dict(user.get("Attributes", []))


def _set(user, **values) -> None:
    changes = [{"Name": name, "Value": value} for name, value in values.items()]
    user["Attributes"] = cognito._merge_attributes(user.get("Attributes", []), changes)


REPAIRS = [("cognito-attribute-verification", repair_attribute_verification)]
