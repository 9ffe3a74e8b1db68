/**
 * Everything that can decide about a submission, at once: brand and admin approve, reject and ask for changes, the clock approves
 * what nobody decided about, the creator is removed. One thing happens to each, and whoever was late hears what it was.
 * `VERDICTS=1000 SEED=2` makes more of them, or others.
 */
import { expect, test } from "@jest/globals";
import { joined, launched } from "../support/campaign-steps.ts";
import { makeAdmin, type Person, type Reply, signUp } from "../support/local-stage.ts";
import { figures, provenBooks, runJob, usd } from "../support/money-steps.ts";
import { HOUR_SECONDS, passes } from "../support/stage-clock.ts";
import { chanceOf } from "../simulation/chance.ts";

const VERDICTS = Number(process.env["VERDICTS"] ?? 100);
const SEED = Number(process.env["SEED"] ?? 20_261_127);
const EACH = 10;
const PRICE_MINOR = 1_000;
const decisions = ["approved", "rejected", "changes_requested"] as const;

interface Verdict {
  readonly submissionId: string;
  readonly decision: (typeof decisions)[number];
  readonly reply: Reply;
}

/** A creator who has handed in all units of a campaign, whose reviews are due. */
async function handedIn(brand: Person, creator: Person, admin: Person, units: number) {
  const launch = await launched(
    brand,
    { reviewWindowHours: 1, reviewCalendar: "continuous", creatorHoldDays: 0, budget: usd(units * PRICE_MINOR) },
    { quantity: units, compensation: usd(PRICE_MINOR) },
  );
  await joined(brand, creator, launch);
  const submissions: string[] = [];
  for (let unit = 0; unit < units; unit += 1) {
    const { deliverableId } = launch;
    const body = { deliverableId, type: "text", text: `unit ${unit}` };
    const made = await creator.post(`/v1/campaigns/${launch.campaignId}/submissions`, body);
    expect(made.status).toBe(201);
    submissions.push(String(made.body.id));
  }
  await passes(admin, HOUR_SECONDS);
  return { campaign: `/v1/campaigns/${launch.campaignId}`, submissions };
}

test(`of ${VERDICTS} verdicts on a batch of submissions each has one that holds`, async () => {
  const [brand, creator, admin] = await Promise.all([signUp("brand"), signUp("creator"), makeAdmin()]);
  const units = VERDICTS / EACH;
  const { campaign, submissions } = await handedIn(brand, creator, admin, units);
  const chance = chanceOf(SEED, "verdicts");
  const decide = async (submissionId: string): Promise<Verdict> => {
    const decision = decisions[chance.below(decisions.length)] ?? "approved";
    const reviewer = chance.happens(0.5) ? brand : admin;
    const path = `${campaign}/submissions/${submissionId}/reviews`;
    const body = { decision, feedback: "Because", reasons: ["Because"] };
    return { submissionId, decision, reply: await reviewer.post(path, body) };
  };
  const verdicts: Verdict[] = [];
  const upTo = async (share: number) => {
    for (const submissionId of submissions.splice(0, Math.ceil(units * share)))
      verdicts.push(...(await Promise.all(Array.from({ length: EACH }, () => decide(submissionId)))));
  };
  const all = [...submissions];

  await upTo(0.3);
  await Promise.all([runJob("settle-overdue-reviews"), upTo(0.4)]);
  const removal = brand.send("DELETE", `${campaign}/participants/${creator.userId}`);
  await Promise.all([removal, upTo(0.3)]);
  expect((await removal).status).toBe(204);

  const tally: Record<string, number> = {};
  for (const id of all) {
    const { status } = (await brand.get(`${campaign}/submissions/${id}`)).body as { status: string };
    const about = verdicts.filter(({ submissionId }) => submissionId === id);
    const held = about.filter(({ reply }) => reply.status === 201);
    expect(held.length).toBeLessThanOrEqual(1);
    const [winner] = held;
    // Whoever was asked for changes and then removed has lost the unit.
    const ends = winner === undefined ? ["approved", "released"] : [winner.decision, "released"];
    expect(winner?.decision === "changes_requested" || winner === undefined ? ends : [winner.decision]).toContain(
      status,
    );
    for (const { reply } of about.filter((one) => one !== winner))
      expect(reply).toMatchObject({
        status: 409,
        body: { code: "submission.already_settled", currentState: expect.any(String) },
      });
    const how = winner?.decision ?? (status === "approved" ? "deemed approved" : status);
    tally[how] = (tally[how] ?? 0) + 1;
  }
  console.log(`seed ${SEED}: ${verdicts.length} verdicts on ${all.length} submissions: ${JSON.stringify(tally)}`);
  const approved = ((tally["approved"] ?? 0) + (tally["deemed approved"] ?? 0)) * PRICE_MINOR;
  expect(await figures(creator)).toMatchObject({ payable: approved, pending: 0 });
  const { budget } = (await brand.get(campaign)).body;
  expect(budget).toMatchObject({ spent: approved, reserved: 0, remaining: units * PRICE_MINOR - approved });
  await provenBooks(admin);
}, 300_000);
