import { SendRawEmailCommand, SESClient } from "@aws-sdk/client-ses";
import MailComposer from "nodemailer/lib/mail-composer";
import { limited } from "#shared/adapters/aws/limits";
import type { MailSender } from "#shared/ports/notifications";

interface Surroundings {
  readonly SENDER_ADDRESS: string;
  /** Settings of SES that every mail is sent under, whatever the sender's identity has for its own. */
  readonly MAIL_CONFIGURATION_SET: string;
}

/** Longer than any other call: nobody waits for it, and whether an unanswered mail went out is never known. */
const MAIL_MS = 5_000;

/** Mails through SES, composed as MIME with both an HTML and a text part. */
export function sesMailSender({ SENDER_ADDRESS, MAIL_CONFIGURATION_SET }: Surroundings): MailSender {
  const client = new SESClient(limited({ requestMs: MAIL_MS }));
  client.config.retryStrategy = onlyWhenThrottled(client.config.retryStrategy);
  const domain = SENDER_ADDRESS.split("@")[1] ?? "";
  return {
    async send({ id, to, subject, html, text, unsubscribeUrl }) {
      const composer = new MailComposer({
        from: { name: "Atomic Influence", address: SENDER_ADDRESS },
        // As an address, not a list: what it contains never names a second recipient.
        to: { name: "", address: to },
        subject,
        html,
        text,
        messageId: `<${id}@${domain}>`,
        headers: { "Auto-Submitted": "auto-generated", ...unsubscribing(unsubscribeUrl) },
      });
      const Data = await composer.compile().build();
      await client.send(
        new SendRawEmailCommand({
          Source: SENDER_ADDRESS,
          Destinations: [to],
          RawMessage: { Data },
          ConfigurationSetName: MAIL_CONFIGURATION_SET,
        }),
      );
    },
  };
}

/** RFC 8058. A mail that no click can stop has none. */
const unsubscribing = (url: string | undefined): Record<string, string> =>
  url === undefined ? {} : { "List-Unsubscribe": `<${url}>`, "List-Unsubscribe-Post": "List-Unsubscribe=One-Click" };

type Strategy = SESClient["config"]["retryStrategy"];

/**
 * The SDK's own way to try again, for what SES did not take for certain. Any other failure may have been heard of too late:
 * repeated in here the mail would go out twice, so it is left to whoever keeps the record of what was sent.
 */
const onlyWhenThrottled =
  (usual: Strategy): Strategy =>
  async () => {
    const strategy = await usual();
    if (!("refreshRetryTokenForRetry" in strategy))
      throw new TypeError("a strategy that does not say why it tries again");
    return {
      acquireInitialRetryToken: (scope) => strategy.acquireInitialRetryToken(scope),
      recordSuccess: (token) => strategy.recordSuccess(token),
      refreshRetryTokenForRetry: async (token, failure) => {
        if (failure.errorType !== "THROTTLING") throw new Error("not tried again");
        return strategy.refreshRetryTokenForRetry(token, failure);
      },
    };
  };
