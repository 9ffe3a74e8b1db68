import { createServer, type ServerResponse } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "@jest/globals";
import { sesMailSender } from "#shared/adapters/ses/mail-sender";

/** What the client reads of its surroundings, put back after each test. */
const surroundings = {
  AWS_REGION: "eu-west-1",
  AWS_ACCESS_KEY_ID: "AKIDEXAMPLE",
  AWS_SECRET_ACCESS_KEY: "example",
  AWS_MAX_ATTEMPTS: "3",
};
const before = { ...process.env };
let received: URLSearchParams[] = [];
let answer: (response: ServerResponse) => void;
const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    received.push(new URLSearchParams(Buffer.concat(chunks).toString()));
    answer(response);
  });
});

beforeEach(async () => {
  received = [];
  answer = (response) =>
    void response.end(
      `<SendRawEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendRawEmailResult><MessageId>1</MessageId></SendRawEmailResult></SendRawEmailResponse>`,
    );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const at = server.address();
  if (at === null || typeof at === "string") throw new Error("the server has no port");
  Object.assign(process.env, surroundings, { AWS_ENDPOINT_URL: `http://127.0.0.1:${at.port}` });
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  process.env = { ...before };
});

const mail = {
  to: "ada@example.com",
  subject: "“Autumn” wartet",
  html: "<p>für dich</p>",
  text: "für dich",
  id: "evt_1.user-1",
};
const send = (parts: Partial<typeof mail> = {}) =>
  sesMailSender({ SENDER_ADDRESS: "post@influence.example", MAIL_CONFIGURATION_SET: "settings" }).send({
    ...mail,
    ...parts,
  });
const mime = () => Buffer.from(received[0]?.get("RawMessage.Data") ?? "", "base64").toString();
const header = (name: string) =>
  mime()
    .split("\r\n\r\n")[0]
    ?.match(new RegExp(`^${name}: (.*)$`, "im"))?.[1];

const refused = (response: ServerResponse, code: string, status: number): void =>
  void response
    .writeHead(status)
    .end(
      `<ErrorResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><Error><Type>Sender</Type><Code>${code}</Code><Message>no</Message></Error></ErrorResponse>`,
    );

describe("a mail through SES", () => {
  test("is one raw message from the stage's sender to one person", async () => {
    await send();
    expect(received).toHaveLength(1);
    expect(received[0]?.get("Action")).toBe("SendRawEmail");
    expect(received[0]?.get("ConfigurationSetName")).toBe("settings");
    expect(received[0]?.get("Source")).toBe("post@influence.example");
    expect([...(received[0] ?? [])].filter(([name]) => name.startsWith("Destinations"))).toEqual([
      ["Destinations.member.1", "ada@example.com"],
    ]);
    expect(header("From")).toBe("Atomic Influence <post@influence.example>");
    expect(header("To")).toBe("ada@example.com");
  });

  test("carries HTML and text, an id that is the same for every attempt, and says that a machine wrote it", async () => {
    await send();
    expect(header("Message-ID")).toBe("<evt_1.user-1@influence.example>");
    expect(header("Auto-Submitted")).toBe("auto-generated");
    expect(header("Content-Type")).toMatch(/^multipart\/alternative/);
    expect(mime()).toMatch(
      /Content-Type: text\/plain; charset=utf-8.*f=C3=BCr dich.*Content-Type: text\/html; charset=utf-8.*<p>f=C3=BCr dich<\/p>/s,
    );
  });

  test("has no header that somebody wrote into another", async () => {
    await send({ subject: "Hi\r\nBcc: everybody@example.com", to: "a@example.com, b@example.com" });
    expect(header("Bcc")).toBeUndefined();
    expect(received[0]?.get("Destinations.member.2")).toBeNull();
  });

  test.each([
    ["Throttling", 400],
    ["MessageRejected", 400],
    ["ServiceUnavailable", 503],
  ])("that SES answers with %s fails", async (code, status) => {
    answer = (response) => refused(response, code, status);
    await expect(send()).rejects.toMatchObject({ name: code });
    expect(received.length).toBe(code === "Throttling" ? 3 : 1);
  });

  test("that SES was too busy for at first is sent when it is not", async () => {
    const taken = answer;
    answer = (response) => {
      answer = taken;
      refused(response, "Throttling", 400);
    };
    await send();
    expect(received).toHaveLength(2);
    expect(received[0]).toEqual(received[1]);
  });

  test("whose fate is unknown is not sent again in here: SES may have taken it", async () => {
    answer = (response) => void response.destroy();
    await expect(send()).rejects.toThrow();
    expect(received).toHaveLength(1);
  });
});
