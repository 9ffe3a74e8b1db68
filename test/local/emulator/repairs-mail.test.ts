import { SendRawEmailCommand, SESClient, VerifyDomainIdentityCommand } from "@aws-sdk/client-ses";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { attribute, type Pair, ref, type Resources, type Stage, startPair, until } from "./support.ts";

/** A configuration set whose bounces and complaints are told to a queue, by way of a topic that lets nothing else through. */
const resources: Resources = {
  Topic: { Type: "AWS::SNS::Topic" },
  Heard: { Type: "AWS::SQS::Queue" },
  Subscription: {
    Type: "AWS::SNS::Subscription",
    Properties: {
      TopicArn: ref("Topic"),
      Protocol: "sqs",
      Endpoint: attribute("Heard"),
      RawMessageDelivery: true,
      FilterPolicyScope: "MessageBody",
      FilterPolicy: { eventType: ["Bounce", "Complaint"] },
    },
  },
  Settings: { Type: "AWS::SES::ConfigurationSet", Properties: { Name: "settings" } },
  Told: {
    Type: "AWS::SES::ConfigurationSetEventDestination",
    Properties: {
      ConfigurationSetName: ref("Settings"),
      EventDestination: {
        Enabled: true,
        MatchingEventTypes: ["bounce", "complaint"],
        SnsDestination: { TopicARN: ref("Topic") },
      },
    },
  },
};

let pair: Pair;
const queues = new Map<Stage, string>();
beforeAll(async () => {
  pair = await startPair();
  for (const stage of [pair.repaired, pair.stock]) {
    queues.set(stage, (await stage.deploy("mails", resources, { queue: ref("Heard") }))["queue"]!);
    await new SESClient(stage.client).send(new VerifyDomainIdentityCommand({ Domain: "example.com" }));
  }
}, 60_000);
afterAll(() => pair?.stop());

async function send(stage: Stage, to: string): Promise<void> {
  const lines = [
    "From: no-reply@example.com",
    `To: ${to}`,
    "Subject: So",
    "List-Unsubscribe: <https://example.com/x>",
    "Content-Type: text/plain",
    "",
    "So",
  ];
  const Data = Buffer.from(lines.join("\r\n"));
  const Source = "no-reply@example.com";
  const mail = { Source, Destinations: [to], RawMessage: { Data }, ConfigurationSetName: "settings" };
  await new SESClient(stage.client).send(new SendRawEmailCommand(mail));
}
const heard = async (stage: Stage): Promise<string | undefined> => {
  const QueueUrl = queues.get(stage);
  return (await new SQSClient(stage.client).send(new ReceiveMessageCommand({ QueueUrl }))).Messages?.[0]?.Body;
};

test("ses-headers", async () => {
  for (const stage of [pair.repaired, pair.stock]) await send(stage, "ada@example.com");
  expect(await pair.repaired.mailTo("ada@example.com")).toContain('"List-Unsubscribe":"<https://example.com/x>"');
  expect(await pair.stock.mailTo("ada@example.com")).not.toContain("List-Unsubscribe");
});

test("ses-configuration-set-events", async () => {
  const address = "bounce+ada@simulator.amazonses.com";
  // What is delivered is told to nobody, and would come first.
  for (const to of ["ada@example.com", address]) for (const stage of [pair.repaired, pair.stock]) await send(stage, to);
  const told = await until("the bounce", () => heard(pair.repaired));
  expect(JSON.parse(told)).toMatchObject({
    eventType: "Bounce",
    bounce: { bounceType: "Permanent", bouncedRecipients: [{ emailAddress: address }] },
    mail: { destination: [address] },
  });
  await send(pair.repaired, "complaint@simulator.amazonses.com");
  expect(JSON.parse(await until("the complaint", () => heard(pair.repaired)))).toMatchObject({
    eventType: "Complaint",
    complaint: { complainedRecipients: [{ emailAddress: "complaint@simulator.amazonses.com" }] },
  });
  expect(await heard(pair.stock)).toBeUndefined();
}, 30_000);
