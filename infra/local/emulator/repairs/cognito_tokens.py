"""Cognito: tokens that lose their force, and groups that a trigger gives."""

import contextvars
import json
import time

from ministack.core.responses import json_response, new_uuid
from ministack.services import cognito
from ministack.services.cloudformation import provisioners

from .cognito_call import around_calls, pool_and_user


def repair_revoked_tokens() -> None:
    """Access and refresh tokens that are revoked, expired, forged or of a disabled user are refused."""
    stock_refresh = cognito._refresh_auth_user

    def refresh(pool, pool_id, client_id, refresh_token):
        user, error = stock_refresh(pool, pool_id, client_id, refresh_token)
        if error:
            return user, error
        if not user.get("Enabled", True):
            return None, cognito.error_response_json("NotAuthorizedException", "User is disabled.", 400)
        if cognito._token_claims(refresh_token).get("origin_jti") in cognito._revoked_tokens:
            return None, cognito.error_response_json("NotAuthorizedException", "Refresh Token has been revoked", 400)
        return user, None

    cognito._refresh_auth_user = refresh
    around_calls(lambda handler, call: cognito._access_token_error(call.data) or handler(call.data))


def repair_refresh_rotation() -> None:
    """A client that rotates refresh tokens gets a new one with each refresh, and the old one dies after the grace period."""
    dead_at: dict[str, float] = {}
    stock_refresh, stock_update = cognito._refresh_auth_result, cognito._update_user_pool_client
    stock_create = cognito._create_user_pool_client

    def refresh(pool, pool_id, client_id, refresh_token):
        rotation = pool["_clients"].get(client_id, {}).get("RefreshTokenRotation") or {}
        if rotation.get("Feature") != "ENABLED":
            return stock_refresh(pool, pool_id, client_id, refresh_token)
        if dead_at.get(refresh_token, time.time() + 1) <= time.time():
            message = "Refresh token has already been used."
            return None, cognito.error_response_json("RefreshTokenReuseException", message, 400)
        result, error = stock_refresh(pool, pool_id, client_id, refresh_token)
        if error:
            return None, error
        claims = cognito._token_claims(refresh_token)
        result["RefreshToken"] = cognito._signed_jwt({**claims, "jti": new_uuid()}, pool_id, "access")
        dead_at.setdefault(refresh_token, time.time() + int(rotation.get("RetryGracePeriodSeconds") or 0))
        return result, None

    def keeping(stock):
        def keep(data):
            response = stock(data)
            if response[0] != 200 or not data.get("RefreshTokenRotation"):
                return response
            body = json.loads(response[2])
            shown = body["UserPoolClient"]
            kept = cognito._user_pools[data["UserPoolId"]]["_clients"][shown["ClientId"]]
            kept["RefreshTokenRotation"] = shown["RefreshTokenRotation"] = data["RefreshTokenRotation"]
            return json_response(body)

        return keep

    # What a template may say of a client, with what holds when it does not.
    provisioners._COGNITO_USER_POOL_CLIENT_UPDATABLE["RefreshTokenRotation"] = {"Feature": "DISABLED"}

    def answer(handler, call):
        if not str(call.data.get("AuthFlow", "")).startswith("REFRESH_TOKEN"):
            return handler(call.data)
        client = ((pool_and_user(call)[0] or {}).get("_clients") or {}).get(call.data.get("ClientId")) or {}
        if (client.get("RefreshTokenRotation") or {}).get("Feature") != "ENABLED":
            return handler(call.data)
        return cognito.error_response_json("InvalidParameterException", "Auth flow not enabled for this client", 400)

    cognito._refresh_auth_result = refresh
    cognito._create_user_pool_client, cognito._update_user_pool_client = keeping(stock_create), keeping(stock_update)
    around_calls(answer)


def repair_group_override() -> None:
    """A PreTokenGeneration trigger of version 2 overrides groups where AWS has it: beside the two tokens' parts."""
    stock_extract, stock_apply = cognito._extract_trigger_response, cognito._apply_pretoken_trigger
    generating: contextvars.ContextVar[bool] = contextvars.ContextVar("generating_token", default=False)

    def extract(payload):
        response = stock_extract(payload)
        details = (response or {}).get("claimsAndScopeOverrideDetails")
        if not generating.get() or not isinstance(details, dict) or not details.get("groupOverrideDetails"):
            return response
        groups = {"groupOverrideDetails": details["groupOverrideDetails"]}
        parts = {
            part: {**(details.get(part) or {}), **groups} for part in ("idTokenGeneration", "accessTokenGeneration")
        }
        return {**response, "claimsAndScopeOverrideDetails": {**details, **parts}}

    def apply(*args, **options):
        token = generating.set(True)
        try:
            return stock_apply(*args, **options)
        finally:
            generating.reset(token)

    cognito._extract_trigger_response = extract
    cognito._apply_pretoken_trigger = apply


REPAIRS = [
    ("cognito-revoked-tokens", repair_revoked_tokens),
    ("cognito-refresh-rotation", repair_refresh_rotation),
    ("cognito-group-override", repair_group_override),
]
