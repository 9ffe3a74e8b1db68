/** What settles units besides a verdict, and what moves budgets: increases, cancellation, removal, time. */
import type { Area, Invariant, Move } from "../area.ts";
import type { Client } from "../client.ts";
import type { Chance } from "../chance.ts";
import { CURRENCY } from "../processor.ts";

async function running(me: Client, chance: Chance): Promise<string | undefined> {
  const all = await me.list("listCampaigns", { query: { status: chance.oneOf(["active", "active", "paused"]) ?? "" } });
  return chance.oneOf(all)?.id as string | undefined;
}

const increasing: Move = {
  name: "increase a budget",
  role: "brand",
  weight: 2,
  async act(me, chance) {
    const campaignId = await running(me, chance);
    if (campaignId === undefined) return false;
    const amount = 1 + chance.below(8_000);
    await me.act("increaseBudget", { path: { campaignId }, body: { amount, currency: CURRENCY } });
    return true;
  },
};

const cancelling = (role: "brand" | "admin"): Move => ({
  name: "cancel a campaign",
  role,
  weight: 1,
  async act(me, chance) {
    const campaignId = await running(me, chance);
    if (campaignId === undefined) return false;
    await me.act("cancelCampaign", { path: { campaignId } });
    return true;
  },
});

const removing = (role: "brand" | "admin"): Move => ({
  name: "remove a creator, and perhaps invite them again",
  role,
  weight: 2,
  async act(me, chance) {
    const campaignId = await running(me, chance);
    if (campaignId === undefined) return false;
    const all = await me.list("listParticipants", { path: { campaignId } });
    const one = chance.oneOf(all.filter(({ status }) => status === "active"));
    if (one === undefined) return false;
    const creatorId = one.creatorId as string;
    await me.act("removeParticipant", { path: { campaignId, creatorId } });
    if (chance.happens(0.7)) await me.act("sendInvitation", { path: { campaignId }, body: { creatorId } });
    return true;
  },
});

const invariants: readonly Invariant[] = [
  {
    says: "money is still set aside for somebody",
    broken: (world) =>
      world
        .items("budget")
        .flatMap(({ campaignId, secured }) =>
          Number(secured) === 0 ? [] : [`${String(campaignId)}: ${Number(secured)}`],
        ),
  },
  {
    says: "a campaign that is over keeps money",
    broken(world) {
      const over = new Set(
        world
          .items("campaign")
          .flatMap(({ id, status }) => (["completed", "cancelled"].includes(String(status)) ? [id] : [])),
      );
      return world
        .items("budget")
        .flatMap(({ campaignId, unassigned }) =>
          over.has(campaignId) && Number(unassigned) !== 0 ? [`${String(campaignId)}: ${Number(unassigned)}`] : [],
        );
    },
  },
];

export const area: Area = {
  moves: [increasing, cancelling("brand"), cancelling("admin"), removing("brand"), removing("admin")],
  outside: () => ({ platformFees: { schedule: [{ from: "2026-01-01T00:00:00.000Z", basisPoints: 333 }] } }),
  invariants,
};
