"""Cognito: tokens that lose their force, and groups that a trigger gives."""

import contextvars

from ministack.services import cognito

from .cognito_call import around_calls


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
    ("cognito-group-override", repair_group_override),
]
