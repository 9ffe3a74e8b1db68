/**
 * Verdicts of all kinds and a removal over HTTP, at the same moment, about each of a batch of submissions: one settles each, and
 * everybody else hears how it ended. Silence and cancellation join in test/properties/settlement-races.test.ts.
 */
import { beforeAll, expect, test } from "@jest/globals";
import { joined, launched, type Launched } from "../support/campaign-steps.ts";
import { eventually, makeAdmin, type Person, type Reply, signUp } from "../support/local-stage.ts";
import { provenBooks } from "../support/money-steps.ts";
import { randomOf } from "../support/simulated-clock.ts";

const SEED = Number(process.env["SEED"] ?? 20_261_127);
/** Calls of a batch. */
const CALLS = Number(process.env["CALLS"] ?? 60);
const UNITS = 4;
const DECISIONS = ["approved", "rejected", "changes_requested"] as const;

let brand: Person;
let creator: Person;
let admin: Person;
let launch: Launched;
beforeAll(async () => {
  [brand, creator, admin] = await Promise.all([signUp("brand"), signUp("creator"), makeAdmin()]);
  launch = await launched(brand, {}, { quantity: UNITS });
  await joined(brand, creator, launch);
}, 120_000);

test("of everything that decides at once exactly one settles each submission", async () => {
  const random = randomOf(SEED);
  const path = `/v1/campaigns/${launch.campaignId}/submissions`;
  const ids: string[] = [];
  for (let unit = 1; unit <= UNITS; unit += 1) {
    const content = { deliverableId: launch.deliverableId, unit, type: "text", text: "content" };
    ids.push(String((await creator.post(path, content)).body.id));
  }
  const about = (id: string) => `${path}/${id}`;
  const calls = Array.from({ length: CALLS }, () => ({
    id: ids[Math.floor(random() * UNITS)] as string,
    decision: DECISIONS[Math.floor(random() * DECISIONS.length)] as string,
    who: random() < 0.8 ? brand : admin,
  }));
  const asks: (() => Promise<Reply>)[] = calls.map(
    ({ id, decision, who }) =>
      () =>
        who.post(`${about(id)}/reviews`, { decision }),
  );
  const removal = () => brand.send("DELETE", `/v1/campaigns/${launch.campaignId}/participants/${creator.userId}`);
  asks.splice(Math.floor(random() * CALLS), 0, removal);
  const replies = await Promise.all(asks.map((ask) => ask()));
  expect(replies.filter(({ status }) => ![201, 204, 409].includes(status))).toEqual([]);

  const won = new Map<string, string[]>();
  for (const { status, body } of replies) {
    if (status !== 201) continue;
    won.set(String(body.submissionId), [...(won.get(String(body.submissionId)) ?? []), String(body.decision)]);
  }
  const ends: string[] = [];
  for (const id of ids) {
    const end = await eventually("what became of it", async () => {
      const status = String((await brand.get(about(id))).body.status);
      return ["approved", "rejected", "released"].includes(status) ? status : undefined;
    });
    ends.push(end);
    // Who asked for changes won a round, and settled nothing: then the removal did.
    const [settled, rounds] = [["approved", "rejected"], ["changes_requested"]].map((kinds) =>
      (won.get(id) ?? []).filter((decision) => kinds.includes(decision)),
    );
    expect([id, settled]).toEqual([id, end === "released" ? [] : [end]]);
    expect((rounds ?? []).length + (settled ?? []).length).toBeLessThanOrEqual(1);
  }
  const states = new Set([...ends, "changes_requested"]);
  for (const { status, body } of replies) if (status === 409) expect(states).toContain(body.currentState);
  const approved = ends.filter((end) => end === "approved").length;
  expect((await brand.get(`/v1/campaigns/${launch.campaignId}`)).body.budget).toMatchObject({
    reserved: 0,
    spent: approved * 25_000,
  });
  await provenBooks(admin);
  console.log(`seed ${SEED}: ${CALLS} verdicts and a removal about ${UNITS} submissions; ended: ${ends.join(", ")}`);
}, 300_000);
