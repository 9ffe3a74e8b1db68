import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { memory } from "#shared/adapters/memory/index";
import { memoryTable } from "#shared/adapters/memory/table";
import { schedule } from "#shared/contracts/contract";
import { changed } from "#shared/domain/change";
import { OwnError } from "#shared/domain/kernel/own-error";
import { refuse } from "#shared/domain/kernel/refusal";
import { campaignRefusals } from "#shared/domain/campaigns/refusals";
import { type Each, implementJob } from "#shared/runtime/implement-job";
import type { Granted } from "#shared/ports/catalogue";
import { StaleState } from "#shared/ports/changes";
import { itemKey } from "#shared/table/item";
import { entityItem } from "#shared/table/entity";
import { items } from "#shared/table/items/index";
import { aCampaign } from "../support/builders.ts";
import { lambdaContext, loggedLines } from "../support/gateway.ts";

const contract = schedule({
  job: "advance-campaigns",
  every: "rate(1 hour)",
  timeZone: "UTC",
  uses: ["campaigns:read", "campaigns:write"],
  summary: "s",
  ifItFails: "f",
});
type Uses = (typeof contract)["uses"][number];
const ids = [1, 2, 3].map((number) => `cmp_${String(number).padStart(26, "0")}`);
let table = memoryTable();
let lines = loggedLines();

beforeEach(async () => {
  table = memoryTable();
  lines = loggedLines();
  process.env["TABLE_NAME"] = "t";
  for (const id of ids) {
    await table.write({ kind: "put", item: entityItem("campaign", aCampaign({ id })), when: { any: true } });
  }
});
afterEach(() => {
  delete process.env["TABLE_NAME"];
});

const records = async () => (await memory(table).jobs({ TABLE_NAME: "t" }).runs(contract.job, { limit: 10 })).items;
const run = (work: (ports: Granted<Uses>, each: Each) => Promise<void>) =>
  implementJob(contract, memory(table), (_invocation, ports, each) => work(ports, each))({}, lambdaContext());
async function* all(): AsyncGenerator<string> {
  yield* ids;
}
const named = (id: string): string => id;

/** Gives a campaign another name. */
async function rename({ campaigns, commit }: Granted<Uses>, id: string): Promise<string | undefined> {
  const campaign = await campaigns.get(id);
  if (campaign === undefined) return undefined;
  return commit({ entities: [changed("campaign", campaign, { ...campaign, name: "new" })] }, "renamed");
}
const names = () => Promise.all(ids.map(async (id) => (await table.get(itemKey(items.campaign, { id })))?.["name"]));

test("succeeded: every item is done, counted, and the record says so", async () => {
  const record = await run((ports, each) => each(all(), named, (id) => rename(ports, id)));
  expect(record).toMatchObject({ outcome: "succeeded", counts: { renamed: 3 }, job: contract.job });
  expect(await records()).toEqual([record]);
  expect(await names()).toEqual(["new", "new", "new"]);
  expect(lines.map(({ code }) => code)).toEqual(["job.completed"]);
});

test("an item that needs nothing counts as nothing", async () => {
  expect(await run((_, each) => each(all(), named, () => Promise.resolve(undefined)))).toMatchObject({
    outcome: "succeeded",
    counts: {},
  });
});

test("partial: an item that fails is named in the log, and the others are done", async () => {
  const record = await run((ports, each) =>
    each(all(), named, (id) => (id === ids[1] ? Promise.reject(new OwnError("stuck")) : rename(ports, id))),
  );
  expect(record).toMatchObject({ outcome: "partial", counts: { renamed: 2, failed: 1 } });
  expect(await records()).toEqual([record]);
  expect(await names()).toEqual(["new", "Autumn", "new"]);
  expect(lines).toMatchObject([
    { level: "error", code: "job.item_failed", item: ids[1], message: "stuck" },
    { level: "error", code: "job.partial", outcome: "partial" },
  ]);
});

test("an item that changed meanwhile is decided again", async () => {
  let decisions = 0;
  const record = await run((ports, each) =>
    each(all(), named, async (id) => {
      if ((decisions += 1) === 1) throw new StaleState(["campaign"]);
      return rename(ports, id);
    }),
  );
  expect([record?.outcome, decisions]).toEqual(["succeeded", 4]);
});

test("side by side: so many at once and no more, each once, and over when all of them are", async () => {
  const names = Array.from({ length: 50 }, (_, at) => String(at));
  const done: string[] = [];
  let [underWay, most] = [0, 0];
  const record = await run(async (_, each) => {
    const work = async (name: string) => {
      most = Math.max(most, (underWay += 1));
      await new Promise((resolve) => setImmediate(resolve));
      underWay -= 1;
      done.push(name);
      return name === "7" ? Promise.reject(new OwnError("stuck")) : "done";
    };
    await each(names, named, work, { atOnce: 8 });
    expect([done.toSorted(), underWay]).toEqual([names.toSorted(), 0]);
  });
  expect([most, record?.counts]).toEqual([8, { done: 49, failed: 1 }]);
});

test("side by side: a list that breaks off fails the run when what was begun is done, and counted", async () => {
  async function* broken(): AsyncGenerator<string> {
    yield* ids;
    throw new OwnError("no more pages");
  }
  const failing = run((ports, each) => each(broken(), named, (id) => rename(ports, id), { atOnce: 8 }));
  await expect(failing).rejects.toThrow("job.failed");
  expect(await records()).toMatchObject([{ outcome: "failed", counts: { renamed: 3 }, error: "no more pages" }]);
});

test("failed: what stops the run is recorded with what was done before, and thrown", async () => {
  const failing = run(async (ports, each) => {
    await each(all(), named, (id) => rename(ports, id));
    throw refuse(campaignRefusals.notFound);
  });
  await expect(failing).rejects.toThrow("job.failed");
  expect(await records()).toMatchObject([
    { outcome: "failed", counts: { renamed: 3 }, error: campaignRefusals.notFound.title },
  ]);
  expect(lines.map(({ level, code }) => [level, code])).toEqual([["error", "job.failed"]]);
});

test("a list that breaks off fails the run", async () => {
  async function* broken(): AsyncGenerator<string> {
    yield ids[0] ?? "";
    throw new OwnError("no more pages");
  }
  await expect(run((ports, each) => each(broken(), named, (id) => rename(ports, id)))).rejects.toThrow("job.failed");
  expect(await records()).toMatchObject([{ outcome: "failed", counts: { renamed: 1 }, error: "no more pages" }]);
});

test("skipped: a run beside another one works on nothing, and leaves a record", async () => {
  let second: unknown;
  await run(async () => {
    second = await run(() => Promise.reject(new Error("both at once")));
  });
  expect(second).toMatchObject({ outcome: "skipped", counts: {}, durationMs: 0 });
  expect((await records()).map(({ outcome }) => outcome).sort()).toEqual(["skipped", "succeeded"]);
  expect(await run(() => Promise.resolve())).toMatchObject({ outcome: "succeeded" });
});

test("a job without its environment fails, and the next run looks again", async () => {
  const handler = implementJob(contract, memory(table), () => Promise.resolve());
  delete process.env["TABLE_NAME"];
  await expect(handler({}, lambdaContext())).rejects.toThrow("missing environment: TABLE_NAME");
  process.env["TABLE_NAME"] = "t";
  expect(await handler({}, lambdaContext())).toMatchObject({ outcome: "succeeded" });
});
