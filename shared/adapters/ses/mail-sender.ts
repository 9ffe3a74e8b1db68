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
  // A mail cannot be asked for under a key: a second try of one whose reply was lost would be a second mail.
  const client = new SESClient(limited({ tries: 1, requestMs: MAIL_MS }));
  const domain = SENDER_ADDRESS.split("@")[1] ?? "";
  return {
    async send({ id, to, subject, html, text }) {
      const composer = new MailComposer({
        from: { name: "Atomic Influence", address: SENDER_ADDRESS },
        // As an address, not a list: what it contains never names a second recipient.
        to: { name: "", address: to },
        subject,
        html,
        text,
        messageId: `<${id}@${domain}>`,
        headers: { "Auto-Submitted": "auto-generated" },
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
