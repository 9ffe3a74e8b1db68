/** Every mail as it leaves, HTML and text, with hostile words in every place that people fill: a change of one is reviewed. */
import { expect, test } from "@jest/globals";
import { mailPeople } from "#shared/contracts/notifications";
import type { DeliveredEvent } from "#shared/domain/events/events";
import { mailIdOf } from "#shared/domain/notifications/mail/send-mail";
import { writeMail, type WrittenMail } from "#shared/domain/notifications/mail/write-mail";
import { noticesOf } from "#shared/domain/notifications/notice";
import { anAccount } from "../../support/builders.ts";
import { anEvent, stationery } from "./events.ts";

const HOSTILE = `"><script>alert('x')</script>&amp;\r\nBcc: all@example.com`;
/** Written by people. */
const typed = ["campaignName", "message", "feedback", "reason", "title", "orderId"];

function hostile(event: DeliveredEvent): DeliveredEvent {
  const detail = Object.entries(event.detail).map(([name, value]): [string, unknown] => [
    name,
    typed.includes(name) ? `${name} ${HOSTILE}` : value,
  ]);
  return { ...event, detail: Object.fromEntries(detail) } as DeliveredEvent;
}
const mailsOf = (event: DeliveredEvent): WrittenMail[] =>
  noticesOf(event, "mail").map((notice) => {
    const recipient = anAccount({ id: notice.userId, email: "ada@example.com", fullName: `Ada ${HOSTILE}` });
    return writeMail(notice, recipient, mailIdOf(notice), stationery);
  });

test.each(mailPeople.events)("%s", (type) => {
  const mails = mailsOf(hostile(anEvent(type)));
  expect(mails.length).toBeGreaterThan(0);
  for (const { html, text, subject } of mails) {
    expect(html).not.toMatch(/<script|<[^>]*alert\(|"><(?!\/?(table|tr|td|p|a|br|div|body|head|title|meta|html)\b)/i);
    expect(html).toContain("&lt;script&gt;");
    expect(subject).not.toMatch(/[\r\n]/);
    expect(text).toContain(`Hello Ada ${HOSTILE},`);
  }
  expect(mails).toMatchSnapshot();
});
