"""CloudFront: origin access control towards a Function URL."""

from ministack.core import cloudfront_js
from ministack.services import cloudfront

# As many requests as the stage's own edge passes on at once.
_WORKERS = 24

# MiniStack looks for a signature of this shape and does not compute it.
_SIGNATURE = (
    "AWS4-HMAC-SHA256 Credential=cloudfront/20260101/us-east-1/lambda/aws4_request, "
    "SignedHeaders=host;x-amz-date, Signature=0000000000000000"
)


def repair_origin_access_control() -> None:
    """A request to a Function URL is signed when its origin has an origin access control that signs."""
    stock_fetch = cloudfront._fetch_from_function_url_origin

    async def fetch(host, origin, method, uri, query_string, headers, *rest):
        control = cloudfront._oacs.get(origin.get("oac_id") or "") or {}
        behavior = control.get("SigningBehavior", "never")
        viewer_signed = any(name.lower() == "authorization" for name in headers)
        if behavior == "always" or (behavior == "no-override" and not viewer_signed):
            kept = {name: value for name, value in headers.items() if name.lower() != "authorization"}
            headers = {**kept, "authorization": _SIGNATURE, "x-amz-date": "20260101T000000Z"}
        return await stock_fetch(host, origin, method, uri, query_string, headers, *rest)

    cloudfront._fetch_from_function_url_origin = fetch


def repair_function_workers() -> None:
    """Processes that run CloudFront Functions stay for the next request: to start one costs more than all else that a click does."""
    cloudfront_js._pool.max_idle = _WORKERS


REPAIRS = [
    ("cloudfront-origin-access-control", repair_origin_access_control),
    ("cloudfront-function-workers", repair_function_workers),
]
