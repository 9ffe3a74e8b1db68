"""In-memory repairs of MiniStack 1.5.33: the gaps between it and AWS that this project would otherwise lean on."""

from typing import Callable

from . import (
    cloudformation,
    cloudfront,
    cognito_attributes,
    cognito_codes,
    cognito_sign_in,
    cognito_tokens,
    cognito_triggers,
    firehose,
    http_api,
    http_api_limits,
    lambda_functions,
    logs,
    s3,
    scheduler,
    ses,
    sns,
    streams,
    targets,
)

Repair = Callable[[], None]

# Order matters where two repairs wrap the same function: the later one runs first.
REPAIRS: list[tuple[str, Repair]] = [
    *cloudformation.REPAIRS,
    *cloudfront.REPAIRS,
    *cognito_triggers.REPAIRS,
    *cognito_attributes.REPAIRS,
    *cognito_codes.REPAIRS,
    *cognito_tokens.REPAIRS,
    *cognito_sign_in.REPAIRS,
    # Before the others of the gateway, so that its refusals carry CORS headers too.
    *http_api_limits.REPAIRS,
    *http_api.REPAIRS,
    *lambda_functions.REPAIRS,
    *logs.REPAIRS,
    *targets.REPAIRS,
    *scheduler.REPAIRS,
    *s3.REPAIRS,
    *firehose.REPAIRS,
    *ses.REPAIRS,
    *sns.REPAIRS,
    *streams.REPAIRS,
]


def apply_repairs(off: str) -> list[str]:
    """Applies every repair whose name is not in ``off`` (names by comma, or ``all``) and returns their names."""
    names = [name for name, _ in REPAIRS]
    skipped = {name.strip() for name in off.split(",") if name.strip()}
    if skipped == {"all"}:
        return []
    unknown = skipped - set(names)
    if unknown:
        raise SystemExit(f"EMULATOR_REPAIRS_OFF names no such repair: {', '.join(sorted(unknown))}")
    for name, repair in REPAIRS:
        if name not in skipped:
            repair()
    return [name for name in names if name not in skipped]
