/** Campaigns and who takes part: drafts, publication, invitations, and the end, when what is left goes home. */
import { plusMilliseconds } from "#shared/domain/kernel/time";
import { Campaign } from "#shared/domain/campaigns/campaign";
import { isUnsettled, Participant } from "#shared/domain/invitations/participant";
import type { Area, Invariant, Move } from "../area.ts";
import type { Chance } from "../chance.ts";
import { type Client, isDone } from "../client.ts";
import { processorOf } from "../processor.ts";
import type { World } from "../world.ts";

const HOUR_MS = 3_600_000;

/** Short ones, so that every history sees some of them end. */
const briefOf = (chance: Chance, world: World) => {
  const now = world.running.now();
  const startMs = chance.happens(0.8) ? -HOUR_MS : chance.between(1, 12) * HOUR_MS;
  return {
    name: `campaign ${chance.below(1_000)}`,
    category: "fashion",
    budget: { amount: 10_000 + chance.below(40_000), currency: "USD" },
    timeline: {
      start: plusMilliseconds(now, Math.ceil(startMs)),
      end: plusMilliseconds(now, Math.ceil(chance.between(14, 60) * HOUR_MS)),
    },
    maxRounds: 1 + chance.below(3),
    creatorHoldDays: chance.below(2),
    reviewWindowHours: 1 + chance.below(24),
    reviewCalendar: "continuous",
    resubmissionDays: 1,
  };
};

/** All that it takes, in one go: whatever fails on the way is left to somebody else. */
const launching: Move = {
  name: "set up a campaign, pay for it, and invite",
  role: "brand",
  weight: 5,
  async act(me, chance, world) {
    const brief = briefOf(chance, world);
    const draft = await me.act("createCampaign", { body: brief });
    if (!isDone(draft)) return true;
    const path = { campaignId: draft.body["id"] as string };
    const compensation = { amount: 1_000 + chance.below(2_000), currency: "USD" };
    await me.act("createDeliverable", { path, body: { type: "instagram_post", quantity: 2, compensation } });
    const deposit = await me.act("depositFunds", { body: brief.budget });
    if (!isDone(deposit)) return true;
    processorOf(world).pay(String(deposit.body["paymentIntentId"]), me.person.userId, brief.budget.amount);
    await me.act("confirmDeposit", { path: { depositId: deposit.body["id"] as string } });
    await me.act("publishCampaign", { path });
    for (const { userId, role } of world.people)
      if (role === "creator" && chance.happens(0.7))
        await me.act("sendInvitation", { path, body: { creatorId: userId } });
    return true;
  },
};

const drafting: Move = {
  name: "draft a campaign",
  role: "brand",
  weight: 2,
  async act(me, chance, world) {
    const draft = await me.act("createCampaign", { body: briefOf(chance, world) });
    if (!isDone(draft)) return true;
    const path = { campaignId: draft.body["id"] as string };
    for (let count = 1 + chance.below(2); count > 0; count -= 1) {
      const compensation = { amount: 1 + chance.below(4_000), currency: "USD" };
      await me.act("createDeliverable", {
        path,
        body: { type: "instagram_post", quantity: 1 + chance.below(3), compensation },
      });
    }
    return true;
  },
};

/** One of the campaigns that somebody sees in this status. */
async function someCampaign(me: Client, chance: Chance, ...statuses: string[]): Promise<string | undefined> {
  const status = chance.oneOf(statuses) ?? "";
  const all = await me.list("listCampaigns", { query: { status } });
  return chance.oneOf(all)?.id as string | undefined;
}

const acting = (name: string, role: Move["role"], weight: number, action: string, ...statuses: string[]): Move => ({
  name,
  role,
  weight,
  async act(me, chance) {
    const campaignId = await someCampaign(me, chance, ...statuses);
    if (campaignId === undefined) return false;
    await me.act(action, { path: { campaignId } });
    return true;
  },
});

const inviting: Move = {
  name: "invite a creator",
  role: "brand",
  weight: 8,
  async act(me, chance, world) {
    const campaignId = await someCampaign(me, chance, "active", "active", "scheduled");
    const creator = chance.oneOf(world.people.filter(({ role }) => role === "creator"));
    if (campaignId === undefined || creator === undefined) return false;
    await me.act("sendInvitation", { path: { campaignId }, body: { creatorId: creator.userId } });
    return true;
  },
};

const answering = (name: string, weight: number, action: string): Move => ({
  name,
  role: "creator",
  weight,
  async act(me, chance) {
    const { userId: creatorId } = me.person;
    const invitations = await me.list("listMyInvitations", { query: { status: "pending" } });
    const one = chance.oneOf(invitations);
    if (one === undefined) return false;
    await me.act(action, { path: { campaignId: one.campaignId as string, creatorId } });
    return true;
  },
});

/** A campaign of a brand's in which a creator takes part, told without chance. */
export async function joinedCampaign(world: World, buyer: Client, maker: Client) {
  const done = async (me: Client, ...asked: Parameters<Client["act"]>) => {
    const answer = await me.act(...asked);
    if (!isDone(answer)) world.find(`${asked[0]}: ${answer?.text ?? "no answer"}`);
    return answer?.body ?? {};
  };
  const money = (amount: number) => ({ amount, currency: "USD" });
  const now = world.running.now();
  const timeline = { start: plusMilliseconds(now, -1_000), end: plusMilliseconds(now, 6 * HOUR_MS) };
  const brief = { name: "joined", category: "pets", budget: money(4_000), timeline };
  const path = { campaignId: String((await done(buyer, "createCampaign", { body: brief }))["id"]) };
  const asked = { type: "instagram_post", quantity: 1, compensation: money(1_000) };
  await done(buyer, "createDeliverable", { path, body: asked });
  const deposit = await done(buyer, "depositFunds", { body: money(4_000) });
  processorOf(world).pay(String(deposit["paymentIntentId"]), buyer.person.userId, 4_000);
  await done(buyer, "confirmDeposit", { path: { depositId: String(deposit["id"]) } });
  await done(buyer, "publishCampaign", { path });
  const { userId: creatorId } = maker.person;
  await done(buyer, "sendInvitation", { path, body: { creatorId } });
  await done(maker, "acceptInvitation", { path: { ...path, creatorId } });
  return path;
}

const participantsOf = (world: World): readonly Participant[] =>
  world.items("participant").map((item) => Participant.parse(item));
const campaignsOf = (world: World): ReadonlyMap<string, Campaign> =>
  new Map(world.items("campaign").map((item) => [String(item["id"]), Campaign.parse(item)]));

/** Time settles what nobody began; what was handed in waits for the clock of reviews, where there is one. */
const hasReviewClock = ({ running }: World): boolean =>
  running.lambdas.some(({ name }) => name === "settleOverdueReviews");

const invariants: readonly Invariant[] = [
  {
    says: "an unsettled unit has no date on which something settles it",
    broken: (world) =>
      participantsOf(world).flatMap(({ id, units }) =>
        units.flatMap((unit) => (isUnsettled(unit) && unit.dueAt === undefined ? [`${id} unit ${unit.unit}`] : [])),
      ),
  },
  {
    says: "time has settled nothing of what it should have",
    broken(world) {
      const now = world.running.now();
      return participantsOf(world).flatMap(({ id, units }) =>
        units.flatMap((unit) => {
          const isOverdue = isUnsettled(unit) && unit.state !== "disputed" && (unit.dueAt ?? now) < now;
          const isTimes = hasReviewClock(world) || (unit.state === "open" && unit.rounds === 0);
          return isOverdue && isTimes ? [`${id} unit ${unit.unit}, ${unit.state} since ${unit.dueAt}`] : [];
        }),
      );
    },
  },
  {
    says: "a campaign that is over has not ended, or keeps money that nobody is promised",
    broken(world) {
      const campaigns = campaignsOf(world);
      const running = [...campaigns.values()].flatMap(({ id, status, timeline }) =>
        ["scheduled", "active", "paused"].includes(status) && timeline.end < world.running.now()
          ? [`${id} is ${status}`]
          : [],
      );
      const kept = world.items("budget").flatMap(({ campaignId, unassigned }) => {
        const status = campaigns.get(String(campaignId))?.status;
        return status === "completed" && Number(unassigned) > 0
          ? [`${String(campaignId)} keeps ${Number(unassigned)}`]
          : [];
      });
      return [...running, ...kept];
    },
  },
];

export const area: Area = {
  moves: [
    launching,
    drafting,
    acting("publish", "brand", 6, "publishCampaign", "draft"),
    acting("publish for a brand", "admin", 2, "publishCampaign", "draft"),
    acting("pause", "brand", 1, "pauseCampaign", "active"),
    acting("resume", "brand", 2, "resumeCampaign", "paused"),
    inviting,
    answering("accept", 8, "acceptInvitation"),
    answering("decline", 1, "declineInvitation"),
  ],
  invariants,
};
