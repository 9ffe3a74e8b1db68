/** Whoever is called answers before Lambda ends it, whatever hangs; and what was cut off changes nothing any more. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { memory } from "#shared/adapters/memory/index";
import { memoryTable, type MemoryTable } from "#shared/adapters/memory/table";
import { onEvent, onStream, onUserPool, schedule } from "#shared/contracts/contract";
import { changed } from "#shared/domain/change";
import { shareLeft, wait, withinTime } from "#shared/ports/call-time";
import { entityItem } from "#shared/table/entity";
import { isOf, itemKey } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { implementConsumer } from "#shared/runtime/implement-consumer";
import { implementJob } from "#shared/runtime/implement-job";
import { implementStream } from "#shared/runtime/implement-stream";
import { implementUserPool } from "#shared/runtime/implement-user-pool";
import { aCampaign, CAMPAIGN_ID } from "../support/builders.ts";
import { gatewayEvent, lambdaContext, type LogLine, loggedLines } from "../support/gateway.ts";
import { keyed, makeRename, rename, resetSample, sample } from "../support/sample-api.ts";
import { type SimulatedClock, simulatedClock } from "../support/simulated-clock.ts";

const LAMBDA_MS = 10_000;
const said = { summary: "s", ifItFails: "f" } as const;

let clock: SimulatedClock;
let lines: LogLine[];
let letGo: () => void;
/** What never comes, until it is let go. */
let hangs: Promise<void>;

beforeEach(async () => {
  await resetSample();
  lines = loggedLines();
  process.env["TABLE_NAME"] = "t";
  clock = simulatedClock();
  ({ promise: hangs, resolve: letGo } = Promise.withResolvers<void>());
});

/** As Lambda calls it, with ten seconds. */
const invoked = <R>(call: () => Promise<R>): Promise<R> => withinTime(Infinity, call, clock);
/** Everything that can still happen has happened. */
async function settled(): Promise<void> {
  letGo();
  await new Promise<void>((resolve) => void clock.after(60_000, resolve));
}

/** The table, which does not give a campaign back until it is let go. */
function stuck(table: MemoryTable): MemoryTable {
  const isCampaign = (pk: string) => pk === itemKey(items.campaign, { id: CAMPAIGN_ID }).pk;
  return {
    ...table,
    get: async (key) => {
      if (isCampaign(key.pk)) await hangs;
      return table.get(key);
    },
  };
}

describe("an HTTP action", () => {
  const request = gatewayEvent(rename.route, { headers: keyed("k"), body: { name: "new" } });
  const claims = (table: MemoryTable) => table.all().filter((item) => isOf(items.idempotencyRecord, item));

  test("answers 503, that it may be done, and keeps the key; what it was at comes to nothing", async () => {
    const table = sample.table;
    sample.table = stuck(table);
    const handler = makeRename(rename);
    const reply = await invoked(() => handler(request, lambdaContext(LAMBDA_MS)));
    expect(clock.nowMs()).toBeLessThan(LAMBDA_MS);
    expect(reply).toMatchObject({ statusCode: 503, headers: { "Retry-After": "2" } });
    expect(JSON.parse(String(reply.body))).toMatchObject({ code: "request.timed_out", retryable: true });
    expect(lines).toMatchObject([{ code: "request.unanswered", level: "error", status: 503, error: "OutOfTime" }]);

    const before = table.all();
    await settled();
    expect(table.all()).toEqual(before);
    expect(claims(table)).toMatchObject([{ state: "in_progress" }]);
  });

  test("that ends by itself is not touched, and leaves no clock running", async () => {
    const reply = await invoked(() => makeRename(rename)(request, lambdaContext(LAMBDA_MS)));
    expect(reply).toMatchObject({ statusCode: 201 });
    expect(clock.waiting()).toBe(0);
  });

  test("with no time to begin says so, and asks nothing of anybody", async () => {
    const before = sample.table.all();
    const reply = await invoked(() => makeRename(rename)(request, lambdaContext(800)));
    expect(reply).toMatchObject({ statusCode: 503 });
    expect(sample.table.all()).toEqual(before);
  });
});

test("a consumer gives back the messages that are not done, and no others", async () => {
  const contract = onEvent({ ...said, uses: [], events: ["account.created"] });
  const handler = implementConsumer(contract, {}, async (_invocation, { detail }) => {
    if (detail.email.startsWith("stuck")) await hangs;
  });
  const message = (name: string, at: number) => {
    const head = { id: `evt_${at}`, type: "account.created", at: "2026-11-25T12:00:00.000Z", requestId: "r" };
    const detail = { ...head, detail: { userId: name, email: `${name}@example.com` } };
    return { messageId: `m-${at}`, body: JSON.stringify({ detail }) };
  };
  const Records = ["a", "stuck", "b"].map(message) as never;
  const reply = await invoked(() => handler({ Records }, lambdaContext(LAMBDA_MS)));
  expect(reply).toEqual({ batchItemFailures: [{ itemIdentifier: "m-1" }] });
  expect(clock.nowMs()).toBeLessThan(LAMBDA_MS);
  expect(lines).toMatchObject([{ code: "event.failed", level: "error", messageId: "m-1", error: "OutOfTime" }]);
});

test("a stream's consumer fails, so that its records come again", async () => {
  const handler = implementStream(onStream({ ...said, uses: [], source: "outbox" }), {}, async () => {
    await hangs;
    return [];
  });
  await expect(invoked(() => handler({ Records: [] }, lambdaContext(LAMBDA_MS)))).rejects.toThrow(
    "the reason is in the log",
  );
  expect(clock.nowMs()).toBeLessThan(LAMBDA_MS);
  expect(lines).toMatchObject([{ code: "stream.failed", level: "error" }]);
});

test("a job leaves its record, with what it did, and gives its lease back", async () => {
  const table = memoryTable();
  const ids = [1, 2, 3].map((number) => `cmp_${String(number).padStart(26, "0")}`);
  for (const id of ids)
    await table.write({ kind: "put", item: entityItem("campaign", aCampaign({ id })), when: { any: true } });
  const contract = schedule({
    ...said,
    job: "advance-campaigns",
    every: "rate(1 hour)",
    timeZone: "UTC",
    uses: ["campaigns:read", "campaigns:write"],
  });
  const handler = implementJob(contract, memory(table), (_invocation, { campaigns, commit }, each) =>
    each(
      (async function* () {
        yield* ids;
      })(),
      (id) => id,
      async (id) => {
        const campaign = await campaigns.get(id);
        if (id === ids[1]) await hangs;
        if (campaign === undefined) return undefined;
        return commit({ entities: [changed("campaign", campaign, { ...campaign, name: "new" })] }, "renamed");
      },
    ),
  );
  await expect(invoked(() => handler({}, lambdaContext(LAMBDA_MS)))).rejects.toThrow("the reason is in the log");
  expect(clock.nowMs()).toBeLessThan(LAMBDA_MS);
  const records = () => table.all().filter((item) => isOf(items.jobRun, item));
  const leases = () => table.all().filter((item) => isOf(items.jobLease, item));
  expect(records()).toMatchObject([{ outcome: "failed", counts: { renamed: 1 }, error: "the call's time is up" }]);
  expect(leases()).toEqual([]);
  expect(lines).toMatchObject([{ code: "job.failed", level: "error" }]);

  const before = table.all();
  await settled();
  expect(table.all()).toEqual(before);
});

test("a user pool's trigger ends before Cognito stops to wait for it", async () => {
  const handler = implementUserPool(onUserPool({ ...said, uses: [], on: "preSignUp" }), {}, async () => {
    await hangs;
    return {};
  });
  const event = { userPoolId: "p", triggerSource: "t", userName: "u", request: { userAttributes: {} }, response: {} };
  await expect(invoked(() => handler(event, lambdaContext(LAMBDA_MS)))).rejects.toThrow("the reason is in the log");
  expect(clock.nowMs()).toBeLessThan(5_000);
});

test("what share of a call's time is left falls from all of it to nothing; outside any call it is all", async () => {
  const shares = await withinTime(
    1_000,
    async () => {
      const said = [shareLeft()];
      for (const ms of [250, 250, 500]) {
        await wait(ms);
        said.push(shareLeft());
      }
      return said;
    },
    clock,
  );
  expect(shares).toEqual([1, 0.75, 0.5, 0]);
  expect(shareLeft()).toBe(1);
});
