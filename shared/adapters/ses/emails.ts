import { SendRawEmailCommand, SESClient } from "@aws-sdk/client-ses";
import MailComposer from "nodemailer/lib/mail-composer";
import type { Emails } from "#shared/ports/notifications";

/** Mails through SES, composed as MIME with both an HTML and a text part. */
export function sesEmails({ SENDER_ADDRESS }: { readonly SENDER_ADDRESS: string }): Emails {
  const client = new SESClient({});
  const domain = SENDER_ADDRESS.split("@")[1] ?? "";
  return {
    async send({ to, subject, html, text, messageId }) {
      const composer = new MailComposer({
        from: { name: "Atomic Influence", address: SENDER_ADDRESS },
        // As an address, not a list: what it contains never names a second recipient.
        to: { name: "", address: to },
        subject,
        html,
        text,
        messageId: `<${messageId}@${domain}>`,
        headers: { "Auto-Submitted": "auto-generated" },
      });
      const Data = await composer.compile().build();
      await client.send(new SendRawEmailCommand({ Source: SENDER_ADDRESS, Destinations: [to], RawMessage: { Data } }));
    },
  };
}
