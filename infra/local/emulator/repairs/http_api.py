"""HTTP API: CORS of the template, and the parts of event 2.0 that are missing."""

import os

from ministack.services import apigateway, lambda_svc


def _as_stored_by_the_api(cors):
    renamed = {key[:1].lower() + key[1:]: value for key, value in (cors or {}).items()}
    if isinstance(renamed.get("allowCredentials"), str):
        renamed["allowCredentials"] = renamed["allowCredentials"].lower() == "true"
    return renamed


def repair_template_cors() -> None:
    """CORS configured in a template is honoured: its keys are in another case than the data plane reads."""
    stock_headers, stock_preflight = apigateway._cors_response_headers, apigateway._cors_preflight_response

    def headers(cors, origin):
        return stock_headers(_as_stored_by_the_api(cors), origin)

    def preflight(cors, origin):
        return stock_preflight(_as_stored_by_the_api(cors), origin)

    apigateway._cors_response_headers = headers
    apigateway._cors_preflight_response = preflight


def repair_refusal_cors() -> None:
    """The gateway's own refusals (401, 404, 5xx) carry the API's CORS headers, so that a browser may read them."""
    stock_execute = apigateway.handle_execute

    async def execute(api_id, stage, path, method, headers, *rest, **options):
        response = await stock_execute(api_id, stage, path, method, headers, *rest, **options)
        api = apigateway._apis.get(api_id) or {}
        if response and response[0] >= 400 and api.get("corsConfiguration"):
            origin = headers.get("origin") or headers.get("Origin", "")
            for name, value in apigateway._cors_response_headers(api["corsConfiguration"], origin).items():
                response[1].setdefault(name, value)
        return response

    apigateway.handle_execute = execute


def repair_event() -> None:
    """Event 2.0 has its cookies as an array and says where the request came from in x-forwarded-*."""
    stock_invoke = lambda_svc._execute_function_with_config_scope

    def invoke(record, event):
        if _is_http_api_event(event):
            headers = event["headers"]
            cookie = headers.pop("cookie", None)
            if cookie:
                event["cookies"] = [part.strip() for part in cookie.split(";") if part.strip()]
            source = event["requestContext"]["http"]["sourceIp"]
            headers.setdefault("x-forwarded-for", source)
            headers.setdefault("x-forwarded-proto", "http")
            headers.setdefault("x-forwarded-port", os.environ.get("GATEWAY_PORT", "4566"))
        return stock_invoke(record, event)

    lambda_svc._execute_function_with_config_scope = invoke


def _is_http_api_event(event) -> bool:
    if not isinstance(event, dict) or event.get("version") != "2.0":
        return False
    return ".execute-api." in str((event.get("requestContext") or {}).get("domainName"))


REPAIRS = [
    ("http-api-template-cors", repair_template_cors),
    ("http-api-refusal-cors", repair_refusal_cors),
    ("http-api-event", repair_event),
]
