/**
 * Where visitors and creators came from is nowhere: after clicks, views and signed-in requests from known addresses, one search of
 * everything that the stage keeps, in whatever spelling. What is planted in each place it finds, so it looks there.
 */
import { request } from "node:http";
import { InvokeCommand, LambdaClient, ListFunctionsCommand } from "@aws-sdk/client-lambda";
import { afterAll, expect, test } from "@jest/globals";
import { eventFor } from "../actions/tracking/visits.ts";
import { addressSearch, readingsOf } from "../support/address-spellings.ts";
import { joined, launched } from "../support/campaign-steps.ts";
import { everythingKept, files, planted, type Place } from "../support/everything-kept.ts";
import { awsConfig, eventually, makeAdmin, type Person, signUp, stack } from "../support/local-stage.ts";

/** Every address of this machine that begins with 127 may be a client's: the edge passes them on. */
const PEERS = { visitor: "127.83.47.191", creator: "127.91.66.203" };
/** As CloudFront tells them, where this machine has no such address. */
const VIEWERS = ["203.0.113.197", "2001:db8:85a3:c7:9a2e:370:7334:5e6f", "2001:db8:77b1:d3::9c4e", "198.51.100.211"];
const PLANTED = "192.0.2.173";
/** A search that finds this one looks where clicks are. */
const PLANTED_AGENT = `Planted/1.0 (${PLANTED})`;
const AGENT = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0 Zebrafish";
const told: Record<string, number> = {};
afterAll(() => void process.stdout.write(`searched for addresses: ${JSON.stringify(told)}\n`));

/** A request from an address of this machine. */
const from = (localAddress: string, origin: string, path: string, headers: Record<string, string> = {}) =>
  new Promise<number>((resolve, reject) => {
    const { port } = new URL(origin);
    request({ host: "127.0.0.1", port, path, localAddress, headers: { "user-agent": AGENT, ...headers } })
      .on("response", (reply) => (reply.resume(), resolve(reply.statusCode ?? 0)))
      .on("error", reject)
      .end();
  });

/** What a function of the stage answers. */
async function answerOf(action: string, event: object): Promise<number> {
  const lambda = new LambdaClient(awsConfig);
  for (let Marker: string | undefined; ;) {
    const page = await lambda.send(new ListFunctionsCommand({ Marker }));
    const found = page.Functions?.find(({ FunctionName }) => FunctionName?.endsWith(`-${action}`));
    Marker = page.NextMarker;
    if (found === undefined && Marker !== undefined) continue;
    const call = new InvokeCommand({ FunctionName: found?.FunctionName, Payload: JSON.stringify(event) });
    const { Payload } = await lambda.send(call);
    return (JSON.parse(new TextDecoder().decode(Payload)) as { statusCode: number }).statusCode;
  }
}

/** A visit as CloudFront would tell the click Lambda of it. */
const visitFrom = (address: string, path: string): Promise<number> =>
  answerOf("redirect-visitor", eventFor(path, { headers: { "x-viewer-address": address, "user-agent": AGENT } }));

async function fileOf(person: Person, body: object): Promise<string> {
  const { body: asked } = await person.post("/v1/exports", { format: "csv", ...body });
  const url = await eventually("the export", async () => {
    const { body: now } = await person.get(`/v1/exports/${String(asked.id)}`);
    return now.status === "completed" && String(now.url);
  });
  return (await fetch(url)).text();
}

test("no address, no part of one and no spelling of one is kept anywhere, nor answered to anybody", async () => {
  // The stage's files are dated to the second.
  const began = Date.now() - 1_000;
  const [brand, creator, admin] = await Promise.all([signUp("brand"), signUp("creator"), makeAdmin()]);
  const launch = await launched(brand, { destinationHosts: ["shop.example.com"] });
  await joined(brand, creator, launch);
  const campaign = `/v1/campaigns/${launch.campaignId}`;
  const { body: link } = await creator.post(`${campaign}/links`, {
    destinationUrl: "https://shop.example.com/x",
    passClickId: true,
  });
  const path = `/t/${String(link.code)}`;

  // By the function itself: the emulator's gateway says of everybody that they call from this machine.
  const called = eventFor("/v1/me", { headers: { authorization: `Bearer ${creator.token}`, "user-agent": AGENT } });
  called.requestContext.http.sourceIp = PEERS.creator;
  expect(await answerOf("get-me", called)).toBe(200);
  for (const peer of Object.values(PEERS)) {
    expect(await from(peer, stack.linkUrl, path)).toBe(302);
    expect(await from(peer, stack.linkUrl, `${path}/pixel.gif`)).toBe(200);
    expect(await from(peer, stack.linkUrl, "/t/nobodyknow")).toBe(404);
    expect(await from(peer, stack.apiUrl, "/v1/me")).toBe(401);
    expect(await from(peer, stack.apiUrl, "/v1/nowhere")).toBe(404);
  }
  const [v4 = "", v6 = "", , mapped = ""] = VIEWERS;
  for (const viewer of [v4, v6, VIEWERS[2] ?? "", `::ffff:${mapped}`]) expect(await visitFrom(viewer, path)).toBe(302);
  expect(await from(PEERS.visitor, stack.linkUrl, path, { "user-agent": PLANTED_AGENT })).toBe(302);
  // Each visitor apart, and the creator is known by their own: the addresses did come as far as the hash.
  const shown = await eventually("all clicks are counted", async () => {
    const { body } = await brand.get(`${campaign}/analytics`);
    return Number(body.clicks.total) === 6 && Number(body.clicks.byClass.self) === 1 && body;
  });
  expect([shown.clicks.unique, shown.views]).toEqual([6, 2]);

  const search = addressSearch([...Object.values(PEERS), ...VIEWERS, PLANTED]);
  const answers = [
    JSON.stringify(shown),
    await fileOf(brand, { kind: "campaign-analytics", campaignId: launch.campaignId }),
    await fileOf(admin, { kind: "users" }),
    await fileOf(admin, { kind: "audit-logs" }),
  ];
  for (const answer of answers) expect(search(Buffer.from(answer))).toEqual([]);

  await eventually(
    "the clicks are in the archive",
    async () => {
      for await (const { bytes } of files(began))
        if ([...readingsOf(bytes)].some((text) => text.includes(PLANTED_AGENT))) return true;
      return false;
    },
    120,
  );
  const uproot = await planted(`the address is ${PLANTED}`);
  const found: string[] = [];
  const seen = new Set<Place>();
  const agents = new Set<Place>();
  for await (const { place, name, bytes } of everythingKept(began)) {
    told[place] = (told[place] ?? 0) + 1;
    for (const address of search(bytes))
      if (address === PLANTED) seen.add(place);
      else found.push(`${address} in ${place} ${name}`);
    if ([...readingsOf(bytes)].some((text) => text.includes("Zebrafish"))) agents.add(place);
  }
  await uproot();
  expect(found).toEqual([]);
  // Agents are in raw clicks alone, in the stream and in the archive.
  expect([...agents].sort()).toEqual(["bucket", "click stream"]);
  expect([...seen].sort()).toEqual(["bucket", "click stream", "log", "queue", "table", "table's stream"]);
}, 240_000);
