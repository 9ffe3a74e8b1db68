import { describe, expect, test } from "@jest/globals";
import { mailboxMarkup, mailsOf } from "#infra/local/mailbox";

const kept = (parts: object = {}) => ({
  MessageId: "1@email.amazonses.com",
  Source: "no-reply@atomic.example",
  To: ["mia@example.com"],
  CC: [],
  BCC: [],
  Subject: "Hello",
  BodyText: "Hello Mia",
  BodyHtml: "<p>Hello Mia</p>",
  Timestamp: 1_795_600_000.25,
  Type: "SendRawEmail",
  ...parts,
});
const inboxOf = (...mails: object[]) => ({ messages: { "000000000000": mails } });

describe("mails of the emulator's inbox", () => {
  test("in the shape that scripts read", () => {
    expect(mailsOf(inboxOf(kept()))).toEqual([
      {
        id: "1@email.amazonses.com",
        to: ["mia@example.com"],
        from: "no-reply@atomic.example",
        subject: "Hello",
        text: "Hello Mia",
        html: "<p>Hello Mia</p>",
        headers: { From: "no-reply@atomic.example", To: "mia@example.com", Subject: "Hello" },
        at: "2026-11-25T09:46:40.250Z",
      },
    ]);
  });

  test("of every account, newest last", () => {
    const inbox = {
      messages: {
        a: [kept({ MessageId: "3", Timestamp: 3 }), kept({ MessageId: "1", Timestamp: 1 })],
        b: [kept({ MessageId: "2", Timestamp: 2 })],
      },
    };
    expect(mailsOf(inbox).map(({ id }) => id)).toEqual(["1", "2", "3"]);
    expect(mailsOf({ messages: {} })).toEqual([]);
  });

  test.each([
    [["Mia Wong <mia@example.com>"], ["mia@example.com"]],
    [['"Wong', 'Mia" <mia@example.com>'], ["mia@example.com"]],
    [
      ['"a@b.example" <mia@example.com>', " leo@example.com "],
      ["mia@example.com", "leo@example.com"],
    ],
    [[], []],
  ])("to %j are %j", (To, to) => {
    expect(mailsOf(inboxOf(kept({ To })))[0]?.to).toEqual(to);
  });

  test("with the texts of a template", () => {
    const mail = {
      MessageId: "1",
      To: [],
      Timestamp: 0,
      RenderedSubject: "S",
      RenderedBodyText: "T",
      RenderedBodyHtml: "H",
    };
    expect(mailsOf(inboxOf(mail))[0]).toMatchObject({ subject: "S", text: "T", html: "H", from: "" });
  });

  test("with all headers, where the emulator keeps them", () => {
    const Headers = { Subject: "Hello", "List-Unsubscribe": "<https://example.com/u>" };
    expect(mailsOf(inboxOf(kept({ Headers })))[0]?.headers).toMatchObject(Headers);
  });
});

describe("the page", () => {
  const hostile = `"><script>alert(1)</script>'&`;

  test("shows nothing of a hostile mail as markup of its own", () => {
    const fields = {
      Subject: hostile,
      BodyHtml: `</iframe>${hostile}`,
      BodyText: hostile,
      Source: hostile,
      To: [`${hostile}@example.com`],
    };
    const page = mailboxMarkup(mailsOf(inboxOf(kept({ ...fields, Headers: { [hostile]: hostile } }))), hostile);
    expect(page).not.toContain("<script");
    expect(page.match(/<\/iframe>/g)).toHaveLength(1);
    expect(page.match(/<iframe[^>]*>/g)).toEqual([expect.stringContaining(`sandbox=""`)]);
    expect(page).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  });

  test("has the newest on top, and says when there is none", () => {
    const page = mailboxMarkup(
      mailsOf(inboxOf(kept({ Subject: "older", Timestamp: 1 }), kept({ Subject: "newer", Timestamp: 2 }))),
    );
    expect(page.indexOf("newer")).toBeLessThan(page.indexOf("older"));
    expect(mailboxMarkup([])).toContain("No mail yet.");
  });

  test("shows text where there is no HTML", () => {
    const page = mailboxMarkup(mailsOf(inboxOf(kept({ BodyHtml: null }))));
    expect(page).not.toContain("<iframe");
    expect(page).toContain("<pre>Hello Mia</pre>");
  });
});
