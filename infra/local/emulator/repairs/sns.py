"""SNS: subscriptions by e-mail, which are accepted and never told anything."""

from ministack.services import ses, sns

_SENDER = "no-reply@sns.amazonaws.com"


def repair_email_subscriptions() -> None:
    """What a topic is told arrives in the mailbox of every address that is subscribed to it."""
    stock_fanout = sns._fanout

    def fanout(topic_arn, msg_id, message, subject="", *rest, **options):
        stock_fanout(topic_arn, msg_id, message, subject, *rest, **options)
        topic = sns._topic_by_arn_any_scope(topic_arn) or {}
        for subscription in topic.get("subscriptions", ()):
            if subscription["protocol"] == "email":
                title = subject or "AWS Notification Message"
                ses.send_internal_email(_SENDER, [subscription["endpoint"]], title, message, type_name="Notification")

    sns._fanout = fanout


REPAIRS = [("sns-email-subscriptions", repair_email_subscriptions)]
