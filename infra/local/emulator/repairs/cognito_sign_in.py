"""Cognito: sign-ins in several steps, and strangers who try them."""

import base64
import contextvars
import copy
import json
import os
import secrets
import threading
import time
from typing import NamedTuple

from ministack.core.responses import json_response
from ministack.services import cognito

from .cognito_call import around_calls, failure_text, pool_and_user

_DEFAULT_SESSION_MINUTES = 3
_CHECKED = ("SOFTWARE_TOKEN_MFA", "NEW_PASSWORD_REQUIRED", "MFA_SETUP")


class _Issued(NamedTuple):
    """A challenge that waits for its answer."""

    client: str
    username: str
    challenge: str
    until: float


def repair_one_user_per_address() -> None:
    """Two sign-ups of one address at once make one user, and a pool that ignores case ignores it everywhere."""
    stock_resolve = cognito._resolve_user
    locks: dict[tuple[str, str], threading.Lock] = {}

    def resolve(pool, username):
        # Walks a copy: another thread may sign somebody up meanwhile.
        snapshot = {**pool, "_users": dict(pool["_users"])} if pool else pool
        user, error = stock_resolve(snapshot, username)
        if user or not isinstance(username, str) or not _ignores_case(pool):
            return user, error
        alike = [one for one in snapshot["_users"].values() if username.lower() in _names(pool, one)]
        return (alike[0], None) if alike else (user, error)

    def answer(handler, call):
        if call.action not in ("SignUp", "AdminCreateUser"):
            return handler(call.data)
        name = str(call.data.get("Username"))
        place = str(call.data.get("ClientId") or call.data.get("UserPoolId"))
        with locks.setdefault((place, name.lower()), threading.Lock()):
            return handler(call.data)

    cognito._resolve_user = resolve
    around_calls(answer)


def _ignores_case(pool) -> bool:
    return pool is not None and (pool.get("UsernameConfiguration") or {}).get("CaseSensitive") is False


def _names(pool, user) -> set[str]:
    attributes = cognito._attr_list_to_dict(user.get("Attributes", []))
    aliases = [*(pool.get("UsernameAttributes") or []), *(pool.get("AliasAttributes") or [])]
    return {user["Username"].lower(), *(str(attributes.get(alias, "")).lower() for alias in aliases)}


def repair_challenge_sessions() -> None:
    """A challenge is answered with the session it came with, by its user, once; each round has a session of its own."""
    issued: dict[str, _Issued] = {}

    def answer(handler, call):
        error = _session_error(issued, call)
        if error:
            return error
        response = handler(call.data)
        if response[0] != 200 or not call.action.endswith(("InitiateAuth", "RespondToAuthChallenge")):
            return response
        body = json.loads(response[2])
        challenge = body.get("ChallengeName")
        if call.data.get("ChallengeName") in _CHECKED:
            issued.pop(call.data.get("Session"), None)
        if challenge == "CUSTOM_CHALLENGE" and body["Session"] == call.data.get("Session"):
            body["Session"] = _new_session()
            cognito._challenge_sessions[body["Session"]] = cognito._challenge_sessions.pop(call.data["Session"])
            return json_response(body)
        if challenge in _CHECKED:
            pool, user = pool_and_user(call)
            minutes = _client(pool, call).get("AuthSessionValidity") or _DEFAULT_SESSION_MINUTES
            until = time.time() + 60 * minutes
            issued[body["Session"]] = _Issued(str(call.data.get("ClientId")), user["Username"], challenge, until)
        return response

    around_calls(answer)


def _session_error(issued, call):
    name = call.data.get("ChallengeName")
    if not call.action.endswith("RespondToAuthChallenge") or name not in (*_CHECKED, "CUSTOM_CHALLENGE"):
        return None
    session, user = call.data.get("Session"), pool_and_user(call)[1]
    if name == "CUSTOM_CHALLENGE":
        owner = cognito._challenge_sessions.get(session, {}).get("username")
        given = (call.data.get("ChallengeResponses") or {}).get("USERNAME")
        known = owner is not None and owner in (given, user and user["Username"])
    else:
        waiting = issued.get(session)
        wanted = (str(call.data.get("ClientId")), user and user["Username"], name)
        known = waiting is not None and waiting[:3] == wanted and waiting.until > time.time()
    if known:
        return None
    return cognito.error_response_json("NotAuthorizedException", "Invalid session for the user.", 400)


def _new_session() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def _client(pool, call) -> dict:
    return ((pool or {}).get("_clients") or {}).get(call.data.get("ClientId")) or {}


def repair_custom_auth_strangers() -> None:
    """CUSTOM_AUTH asks a name that nobody has as it asks everybody, and its triggers are told who it is, or that it is nobody."""
    stock_resolve, stock_session = cognito._resolve_user, cognito._create_challenge_session
    stock_define = cognito._invoke_define_auth_challenge_trigger
    hiding: contextvars.ContextVar[bool] = contextvars.ContextVar("cognito_hiding", default=False)

    def resolve(pool, username):
        user, error = stock_resolve(pool, username)
        return (_stranger(username), None) if error and hiding.get() and username else (user, error)

    def session(pool_id, client_id, username):
        user = stock_resolve(cognito._user_pools[pool_id], username)[0]
        return stock_session(pool_id, client_id, user["Username"] if user else username)

    def telling(build):
        def built(pool_id, client_id, username, *rest):
            event = build(pool_id, client_id, username, *rest)
            event["request"]["userNotFound"] = username not in cognito._user_pools[pool_id]["_users"]
            return event

        return built

    def define(pool_id, client_id, username, *rest):
        body, error = stock_define(pool_id, client_id, username, *rest)
        if body and username not in cognito._user_pools[pool_id]["_users"] and body.get("response", {}).get("issueTokens"):
            body["response"].update(issueTokens=False, failAuthentication=True)
        return body, error

    def answer(handler, call):
        data = call.data
        is_custom = data.get("AuthFlow") == "CUSTOM_AUTH" or data.get("ChallengeName") == "CUSTOM_CHALLENGE"
        pool = cognito._pool_for_client(data.get("ClientId"))[0] if is_custom else None
        token = hiding.set(bool(pool) and cognito._hides_user_existence(pool, data.get("ClientId")))
        try:
            return handler(data)
        finally:
            hiding.reset(token)

    cognito._resolve_user, cognito._create_challenge_session = resolve, session
    for name in ("define", "create", "verify"):
        builder = f"_build_{name}_auth_challenge_event"
        setattr(cognito, builder, telling(getattr(cognito, builder)))
    cognito._invoke_define_auth_challenge_trigger = define
    around_calls(answer)


def repair_verify_without_rounds() -> None:
    """VerifyAuthChallengeResponse is told the answer and no rounds, of which MiniStack lists the open one, without a result."""
    stock_build = cognito._build_verify_auth_challenge_event

    def build(*args, **options):
        event = stock_build(*args, **options)
        for part in ("session", "challengeName"):
            event["request"].pop(part, None)
        return event

    cognito._build_verify_auth_challenge_event = build


def _stranger(name: str) -> dict:
    return {"Username": name, "Attributes": [], "Enabled": True, "UserStatus": "CONFIRMED"}


def repair_token_trigger_error() -> None:
    """A PreTokenGeneration trigger that throws refuses the sign-in with AWS's sentence."""
    os.environ["MINISTACK_COGNITO_PRETOKEN_STRICT"] = "1"
    stock_apply = cognito._apply_pretoken_trigger

    def apply(*args, **options):
        try:
            return stock_apply(*args, **options)
        except RuntimeError as failure:
            raise _TokensRefused(str(failure).split(": ", 1)[-1]) from failure

    def answer(handler, call):
        try:
            return handler(call.data)
        except _TokensRefused as refusal:
            message = failure_text("PreTokenGeneration", str(refusal))
            return cognito.error_response_json("UserLambdaValidationException", message, 400)

    cognito._apply_pretoken_trigger = apply
    around_calls(answer)


class _TokensRefused(Exception):
    pass


def repair_second_factor_choice() -> None:
    """An authenticator that was verified is asked for once its owner prefers it, and not before."""
    stock_verify = cognito._verify_software_token

    def verify(data):
        user = cognito._user_for_access_token(data.get("AccessToken"))
        before = copy.deepcopy({key: (user or {}).get(key) for key in ("_mfa_enabled", "_preferred_mfa")})
        response = stock_verify(data)
        if user is not None:
            user.update(_mfa_enabled=before["_mfa_enabled"] or [], _preferred_mfa=before["_preferred_mfa"] or "")
        return response

    cognito._verify_software_token = verify


REPAIRS = [
    ("cognito-one-user-per-address", repair_one_user_per_address),
    ("cognito-custom-auth-strangers", repair_custom_auth_strangers),
    ("cognito-verify-without-rounds", repair_verify_without_rounds),
    ("cognito-challenge-sessions", repair_challenge_sessions),
    ("cognito-token-trigger-error", repair_token_trigger_error),
    ("cognito-second-factor-choice", repair_second_factor_choice),
]
