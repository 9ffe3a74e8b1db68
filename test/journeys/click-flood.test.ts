/**
 * Clicks through the edge, some in the stream twice, their consumer killed again and again: every one is counted, once.
 * `CLICKS=20000` of the environment makes it as many, at a stage that runs (`npm start`).
 */
import { execFileSync } from "node:child_process";
import { dirname, resolve } from "node:path";
import {
  GetRecordsCommand,
  GetShardIteratorCommand,
  KinesisClient,
  ListShardsCommand,
  ListStreamsCommand,
  PutRecordCommand,
} from "@aws-sdk/client-kinesis";
import { afterAll, expect, test } from "@jest/globals";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { parseHit } from "#shared/domain/tracking/parse-hit";
import type { Hit } from "#shared/domain/tracking/hit";
import { joined, launched } from "../support/campaign-steps.ts";
import { awsConfig, eventually, signUp, stack } from "../support/local-stage.ts";

const CLICKS = Number(process.env["CLICKS"] ?? 200);
const VISITORS = CLICKS / 10;
/** More of them would be late, and not more. */
const AT_ONCE = 4;
const ROUNDS = 4;
const told = { clicks: 0, doubled: 0, killed: 0, seconds: 0 };
afterAll(() => void process.stdout.write(`clicks through the edge: ${JSON.stringify(told)}\n`));

// By HTTP/1.1: the local stage's HTTP/2 ends after 64 kB.
const kinesis = new KinesisClient({ ...awsConfig, requestHandler: new NodeHttpHandler() });
const agentOf = (visitor: number): string => `Mozilla/5.0 (X11; Linux x86_64) Chrome/131.0.${visitor}.0 Safari/537.36`;

async function click(code: string, number: number): Promise<number> {
  const headers = { "user-agent": agentOf(number % VISITORS), referer: "https://www.blog.example/post?who=me" };
  const { status } = await fetch(`${stack.linkUrl}/t/${code}`, { redirect: "manual", headers });
  return status;
}

async function clicks(code: string, from: number, to: number): Promise<void> {
  let next = from;
  const following = async () => {
    for (let number = next++; number < to; number = next++) {
      expect(await click(code, number)).toBe(302);
      told.clicks += 1;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, following));
}

/** Ends the processes that this stage has running for the rollup, whatever they are doing. */
function killConsumers(): void {
  const ours = resolve(dirname(process.env["STACK_FILE"] ?? ".local/stack.json"));
  for (const line of execFileSync("ps", ["-eo", "pid,args"], { encoding: "utf8" }).split("\n")) {
    if (!line.includes(ours) || !line.includes("-roll-up-clicks-")) continue;
    process.kill(Number.parseInt(line, 10), "SIGKILL");
    told.killed += 1;
  }
}

async function hitsIn(StreamName: string | undefined, ShardId: string | undefined): Promise<readonly Hit[]> {
  const hits: Hit[] = [];
  const begin = { StreamName, ShardId, ShardIteratorType: "TRIM_HORIZON" } as const;
  let { ShardIterator } = await kinesis.send(new GetShardIteratorCommand(begin));
  for (;;) {
    const page = await kinesis.send(new GetRecordsCommand({ ShardIterator }));
    const { Records = [] } = page;
    if (Records.length === 0) return hits;
    hits.push(...Records.flatMap(({ Data }) => parseHit(new TextDecoder().decode(Data)) ?? []));
    ShardIterator = page.NextShardIterator;
  }
}

/** Every twentieth of a link's hits that are in the stream, put there again as after a try whose fate is unknown. */
async function doubleHits(code: string): Promise<void> {
  const { StreamNames: [StreamName] = [] } = await kinesis.send(new ListStreamsCommand({}));
  const { Shards = [] } = await kinesis.send(new ListShardsCommand({ StreamName }));
  for (const { ShardId } of Shards) {
    const hits = (await hitsIn(StreamName, ShardId)).filter((hit) => hit.code === code);
    for (const hit of hits) {
      if (hits.indexOf(hit) % 20 !== 0) continue;
      const Data = new TextEncoder().encode(JSON.stringify({ ...hit, retried: true }));
      await kinesis.send(new PutRecordCommand({ StreamName, PartitionKey: hit.visitor, Data }));
      told.doubled += 1;
    }
  }
}

test("clicks are counted once each, though some come twice and whoever counts them dies", async () => {
  const [brand, creator] = await Promise.all([signUp("brand"), signUp("creator")]);
  const launch = await launched(brand, { destinationHosts: ["shop.example.com"] });
  await joined(brand, creator, launch);
  const links = `/v1/campaigns/${launch.campaignId}/links`;
  const { body: link } = await creator.post(links, { destinationUrl: "https://shop.example.com/flood" });
  const code = String(link.code);

  const began = performance.now();
  for (let round = 0; round < ROUNDS; round += 1) {
    await clicks(code, (CLICKS * round) / ROUNDS, (CLICKS * (round + 1)) / ROUNDS);
    killConsumers();
    if (round === 1) await doubleHits(code);
  }
  const figures = await eventually(
    `${CLICKS} clicks counted`,
    async () => {
      const { body } = await brand.get(`/v1/campaigns/${launch.campaignId}/analytics`);
      return Number(body.clicks.total) >= CLICKS && body;
    },
    300,
  );
  told.seconds = Math.round((performance.now() - began) / 1_000);
  expect(figures.clicks).toMatchObject({ total: CLICKS, unique: VISITORS });
  expect(figures.byReferrer).toEqual([{ host: "blog.example", visits: CLICKS }]);
  expect(told.doubled).toBeGreaterThan(0);
  expect(told.killed).toBeGreaterThan(0);
}, 900_000);
