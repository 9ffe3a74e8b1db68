"""Where what failed is put: a queue, a topic or a bucket, by its ARN."""

import hashlib
import time
from typing import Optional

from ministack.core.concurrency import esm_wake
from ministack.core.responses import get_account_id, new_uuid
from ministack.services import lambda_svc, s3, sns, sqs


def send(target: str, body: str, attributes: Optional[dict[str, str]] = None) -> None:
    """Sends a message to a queue, with attributes, or to a topic."""
    if ":sns:" in target:
        sns._fanout(target, new_uuid(), body, "Lambda event source failure", "", {})
        return
    queue = sqs._queue_by_arn(target)
    if queue is None:
        lambda_svc.logger.error("on-failure destination %s does not exist; lost: %s", target, body)
        return
    now = time.time()
    message = {
        "id": new_uuid(),
        "body": body,
        "md5_body": hashlib.md5(body.encode()).hexdigest(),
        "receipt_handle": None,
        "sent_at": now,
        "visible_at": now + sqs.queue_delay(queue),
        "receive_count": 0,
        "message_attributes": {
            name: {"DataType": "String", "StringValue": value} for name, value in (attributes or {}).items()
        },
        "sys": {"SenderId": get_account_id(), "SentTimestamp": str(int(now * 1000))},
    }
    queue["messages"].append(message)
    sqs._ensure_msg_fields(message)
    esm_wake.set()


def put_object(bucket_arn: str, key: str, body: str) -> None:
    """Puts an object into a bucket."""
    status = s3._put_object(bucket_arn.split(":::")[1], key, body.encode(), {})[0]
    if status != 200:
        lambda_svc.logger.error("on-failure destination %s answers %s; lost: %s", bucket_arn, status, body)
