"""SES: headers of raw mails, which are lost, and the events of a configuration set, which nobody is told."""

import base64
import json
from datetime import datetime, timezone
from email import message_from_bytes, policy
from email.utils import parseaddr

from ministack import app
from ministack.services import ses, ses_v2

# The record has fields of its own for these.
_FIELDS = {"from", "to", "cc", "bcc", "subject", "content-type", "mime-version", "content-transfer-encoding"}


def _sent_records() -> list[dict]:
    return [record for records in ses._sent_emails.to_dict().values() for record in records]


def repair_headers() -> None:
    """A raw mail keeps its headers, in its record and in the inbox."""
    stock_send = ses._send_raw_email
    stock_inbox = app._handle_ses_messages_request

    def send(params):
        response = stock_send(params)
        if response[0] == 200:
            message = message_from_bytes(base64.b64decode(ses._p(params, "RawMessage.Data")), policy=policy.default)
            headers = {name: str(value) for name, value in message.items() if name.lower() not in _FIELDS}
            ses._sent_emails_list()[-1]["Headers"] = headers
        return response

    async def inbox(*request):
        response = await stock_inbox(*request)
        if response is None or response[0] != 200:
            return response
        status, headers, body = response
        kept = {record["MessageId"]: record.get("Headers", {}) for record in _sent_records()}
        answer = json.loads(body)
        for mails in answer["messages"].values():
            for mail in mails:
                mail["Headers"] = kept.get(mail["MessageId"], {})
        return status, headers, json.dumps(answer).encode()

    ses._send_raw_email = send
    app._handle_ses_messages_request = inbox


def _outcomes_of(address: str) -> tuple[str, ...]:
    local, _, domain = address.lower().partition("@")
    if domain != ses._SIMULATOR_DOMAIN:
        return ("Delivery",)
    stock = ses._SIMULATOR_OUTCOMES.get(local.split("+")[0], (("Delivery", None),))
    return tuple(kind for kind, _ in stock)


def _tell(record: dict, configuration_set: str) -> None:
    settings = ses_v2._config_sets.get(configuration_set) or {}
    destinations = [one for one in (settings.get("EventDestinations") or {}).values() if one.get("Enabled")]
    now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S.000Z")
    mail = {
        "timestamp": now,
        "messageId": record["MessageId"].split("@")[0],
        "source": record["Source"],
        "destination": record["To"],
        "tags": {"ses:configuration-set": [configuration_set]},
    }
    for address in (parseaddr(to)[1] for to in record["To"]):
        for kind in _outcomes_of(address):
            event = {"eventType": kind, "mail": mail, **ses._notification_detail(kind, address, now)}
            for destination in destinations:
                topic = (destination.get("SnsDestination") or {}).get("TopicArn")
                if topic and kind.upper() in destination["MatchingEventTypes"]:
                    ses._publish_notification(topic, event)


def repair_events() -> None:
    """What becomes of a raw mail is told to the SNS topics of the configuration set that it names."""
    stock_send = ses._send_raw_email

    def send(params):
        response = stock_send(params)
        if response[0] == 200:
            _tell(ses._sent_emails_list()[-1], ses._p(params, "ConfigurationSetName"))
        return response

    ses._send_raw_email = send


REPAIRS = [("ses-headers", repair_headers), ("ses-configuration-set-events", repair_events)]
