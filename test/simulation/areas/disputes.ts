/** Brands and creators disagree: they dispute, bring evidence, appeal, and admins decide; else the clock does. */
import { Dispute } from "#shared/domain/disputes/dispute";
import { Earning } from "#shared/domain/wallets/earning";
import type { Area, Invariant, Move } from "../area.ts";
import type { Chance } from "../chance.ts";
import { type Client, clientOf } from "../client.ts";
import { CURRENCY } from "../processor.ts";
import type { World } from "../world.ts";

type Side = "brand" | "creator";

/** A submission of a campaign that somebody sees, in one of these statuses. */
async function someSubmission(me: Client, chance: Chance, statuses: readonly string[]) {
  const campaign = chance.oneOf(await me.list("listCampaigns"));
  if (campaign === undefined) return undefined;
  const campaignId = campaign.id as string;
  const all = await me.list("listSubmissions", { path: { campaignId } });
  const one = chance.oneOf(all.filter(({ status }) => statuses.includes(status as string)));
  return one && { campaignId, submissionId: one.id as string };
}

const opening = (role: Side): Move => ({
  name: "dispute a submission",
  role,
  weight: 4,
  async act(me, chance) {
    const path = await someSubmission(me, chance, ["pending_review", "changes_requested"]);
    if (path === undefined) return false;
    await me.act("openDispute", { path, body: { reason: "we disagree", evidence: "seen" } });
    return true;
  },
});

const after = (name: string, role: Side, statuses: readonly string[], action: string, body: object): Move => ({
  name,
  role,
  weight: 2,
  async act(me, chance) {
    const path = await someSubmission(me, chance, ["disputed", "approved", "rejected"]);
    if (path === undefined) return false;
    const [dispute] = await me.list("listDisputes", { path });
    if (dispute === undefined || !statuses.includes(dispute.status as string)) return false;
    await me.act(action, { path: { ...path, disputeId: dispute.id as string }, body });
    return true;
  },
});

type Waiting = Awaited<ReturnType<Client["list"]>>[number];

/** All of the price, nothing of it, or some. */
async function decideOne(me: Client, chance: Chance, one: Waiting): Promise<void> {
  const price = Number(one.price.amount);
  const amount = chance.oneOf([0, price, chance.below(price + 1)]) ?? 0;
  const path = {
    campaignId: one.campaignId as string,
    submissionId: one.submissionId as string,
    disputeId: one.id as string,
  };
  await me.act("decideDispute", { path, body: { creatorShare: { amount, currency: CURRENCY }, reason: "decided" } });
}

const undecided = async (me: Client) => [
  ...(await me.list("listAllDisputes", { query: { status: "open" } })),
  ...(await me.list("listAllDisputes", { query: { status: "appealed" } })),
];

const deciding: Move = {
  name: "decide a dispute",
  role: "admin",
  weight: 4,
  async act(me, chance) {
    const one = chance.oneOf(await undecided(me));
    if (one === undefined) return false;
    const minds = chance.happens(0.2) ? 2 : 1;
    await Promise.all(Array.from({ length: minds }, () => decideOne(me, chance, one)));
    return true;
  },
};

/** What waits is decided by somebody who has time. */
async function decideAll(world: World, chance: Chance): Promise<void> {
  const admin = world.people.find(({ role }) => role === "admin");
  if (admin === undefined) return;
  const me = clientOf(world, admin, "the desk", true);
  for (const one of await undecided(me)) await decideOne(me, chance, one);
}

const invariants: readonly Invariant[] = [
  {
    says: "a dispute is not decided, and its time is up",
    broken: (world) =>
      world.items("dispute").flatMap((item) => {
        const { id, status, dueAt, appeal } = Dispute.parse(item);
        const now = world.running.now();
        const isOverdue =
          (status === "open" && dueAt < now) || (status === "appealed" && appeal !== undefined && appeal.dueAt < now);
        return isOverdue ? [`${id} is ${status}`] : [];
      }),
  },
  {
    says: "a creator did not get their share of a dispute, or the house its fee of it alone",
    broken: (world) =>
      world.items("dispute").flatMap((item) => {
        const { id, decisions, earningId, submissionId } = Dispute.parse(item);
        const [last] = decisions.slice(-1);
        if (last === undefined) return [];
        const earnings = world
          .items("earning")
          .map((one) => Earning.parse(one))
          .filter((one) => one.submissionId === submissionId && one.status !== "cancelled");
        const earned = earnings.reduce((sum, { amount }) => sum + amount.amount, 0);
        const share = last.creatorShare.amount;
        const isRight = share === 0 ? earned === 0 : earned <= share && earned >= Math.floor(share * 0.96);
        return isRight && earnings.length <= 1
          ? []
          : [`${id}: ${share} decided, ${earned} earned (${String(earningId)})`];
      }),
  },
];

export const area: Area = {
  moves: [
    opening("brand"),
    opening("creator"),
    after("bring evidence", "creator", ["open", "appealed"], "addEvidence", { evidence: ["a link", "a word"] }),
    after("bring evidence", "brand", ["open", "appealed"], "addEvidence", { evidence: "another word" }),
    after("appeal", "creator", ["decided"], "appealDispute", { reason: "too little" }),
    after("appeal", "brand", ["decided"], "appealDispute", { reason: "too much" }),
    deciding,
  ],
  evening: decideAll,
  invariants,
};
