/** Second thoughts: offers taken back, dates moved by consent, drafts reworded and thrown away. */
import { plusMilliseconds } from "#shared/domain/kernel/time";
import type { Area, Move, Story } from "../area.ts";
import type { Chance } from "../chance.ts";
import { type Client, clientOf, isDone } from "../client.ts";
import { processorOf } from "../processor.ts";

type Path = Readonly<Record<string, string>>;

async function campaignOf(me: Client, chance: Chance, ...statuses: string[]): Promise<Path | undefined> {
  const all = await me.list("listCampaigns", { query: { status: chance.oneOf(statuses) ?? "" } });
  const campaignId = chance.oneOf(all)?.id as string | undefined;
  return campaignId === undefined ? undefined : { campaignId };
}

const withdrawing: Move = {
  name: "take an invitation back, and perhaps send it again",
  role: "brand",
  weight: 2,
  async act(me, chance) {
    const path = await campaignOf(me, chance, "active", "active", "scheduled", "paused");
    if (path === undefined) return false;
    const all = await me.list("listCampaignInvitations", { path });
    const creatorId = chance.oneOf(all.filter(({ status }) => status === "pending"))?.creatorId as string | undefined;
    if (creatorId === undefined) return false;
    await me.act("withdrawInvitation", { path: { ...path, creatorId } });
    if (chance.happens(0.5)) await me.act("sendInvitation", { path, body: { creatorId } });
    return true;
  },
};

/** Some content of a campaign that it could be about. */
async function content(me: Client, chance: Chance, isWanted: (one: Readonly<Record<string, unknown>>) => boolean) {
  const campaignId = chance.oneOf(await me.list("listCampaigns"))?.id as string | undefined;
  if (campaignId === undefined) return undefined;
  const all = await me.list("listSubmissions", { path: { campaignId } });
  const submissionId = chance.oneOf(all.filter(isWanted))?.id as string | undefined;
  return submissionId === undefined ? undefined : { campaignId, submissionId };
}

const extending: Move = {
  name: "offer a later date",
  role: "brand",
  weight: 3,
  async act(me, chance) {
    const path = await content(me, chance, ({ status }) =>
      ["pending_review", "changes_requested"].includes(String(status)),
    );
    if (path === undefined) return false;
    await me.act("offerExtension", { path, body: { hours: 1 + chance.below(12) } });
    return true;
  },
};
const agreeing: Move = {
  name: "agree to a later date",
  role: "creator",
  weight: 4,
  async act(me, chance) {
    const path = await content(me, chance, ({ extension }) => extension !== undefined);
    if (path === undefined) return false;
    await me.act("agreeToExtension", { path });
    return true;
  },
};

const rewording: Move = {
  name: "change what a draft asks for",
  role: "brand",
  weight: 2,
  async act(me, chance) {
    const path = await campaignOf(me, chance, "draft");
    if (path === undefined) return false;
    const deliverableId = chance.oneOf(await me.list("listDeliverables", { path }))?.id as string | undefined;
    await me.act("updateCampaign", { path, body: { description: `take ${chance.below(100)}` } });
    if (deliverableId === undefined) return true;
    const named = { ...path, deliverableId };
    if (chance.happens(0.3)) await me.act("deleteDeliverable", { path: named });
    else await me.act("updateDeliverable", { path: named, body: { quantity: 1 + chance.below(3) } });
    return true;
  },
};
const discarding: Move = {
  name: "throw a draft away",
  role: "brand",
  weight: 1,
  async act(me, chance) {
    const path = await campaignOf(me, chance, "draft");
    if (path === undefined) return false;
    await me.act("deleteCampaign", { path });
    return true;
  },
};

const HOUR_MS = 3_600_000;

/** What the other stories leave out: offers that come to nothing, reminders, later dates, a ban, a removal, an announcement. */
const secondThoughts: Story = {
  name: "an offer taken back and made again, a later date, a ban and its end, a removal, and an announcement",
  async tell(world) {
    const people = (["brand", "creator", "admin"] as const).map((role) =>
      world.people.find((one) => one.role === role),
    );
    const [brand, creator, admin] = people;
    if (brand === undefined || creator === undefined || admin === undefined) return;
    const [buyer, maker, judge] = [brand, creator, admin].map((one) => clientOf(world, one, `calm ${one.name}`, true));
    const done = async (me: Client | undefined, ...asked: Parameters<Client["act"]>) => {
      const answer = await me?.act(...asked);
      if (!isDone(answer)) world.find(`${asked[0]}: ${answer?.text ?? "no answer"}`);
      return answer?.body ?? {};
    };
    const money = (amount: number) => ({ amount, currency: "USD" });
    const now = world.running.now();
    const timeline = { start: plusMilliseconds(now, -1_000), end: plusMilliseconds(now, 12 * HOUR_MS) };
    const review = { reviewWindowHours: 2, reviewCalendar: "continuous" };
    const brief = { name: "told again", category: "music", budget: money(9_000), timeline, ...review };
    const path = { campaignId: String((await done(buyer, "createCampaign", { body: brief }))["id"]) };
    const asked = { type: "tiktok_video", quantity: 2, compensation: money(2_001) };
    const deliverableId = (await done(buyer, "createDeliverable", { path, body: asked }))["id"] as string;
    await done(buyer, "updateCampaign", { path, body: { description: "in spring" } });
    const deposit = await done(buyer, "depositFunds", { body: money(9_000) });
    processorOf(world).pay(deposit["paymentIntentId"], brand.userId, 9_000);
    await done(buyer, "confirmDeposit", { path: { depositId: deposit["id"] } });
    await done(buyer, "publishCampaign", { path });
    const invited = { ...path, creatorId: creator.userId };
    await done(buyer, "sendInvitation", { path, body: { creatorId: creator.userId } });
    await done(buyer, "withdrawInvitation", { path: invited });
    await done(buyer, "sendInvitation", { path, body: { creatorId: creator.userId } });
    await done(maker, "acceptInvitation", { path: invited });
    await done(maker, "createLink", { path, body: { destinationUrl: "https://shop.example.com/" } });
    const content = { deliverableId, type: "text", text: "content" };
    const submissionId = (await done(maker, "submitContent", { path, body: content }))["id"] as string;
    await done(buyer, "offerExtension", { path: { ...path, submissionId }, body: { hours: 3 } });
    await done(maker, "agreeToExtension", { path: { ...path, submissionId } });
    // Half of the time to review is over, and somebody is reminded.
    await world.running.takes(3 * HOUR_MS);
    await done(judge, "banUser", { path: { userId: brand.userId }, body: { reason: "something was reported" } });
    await world.running.takes(600_000);
    await done(judge, "unbanUser", { path: { userId: brand.userId } });
    await done(buyer, "removeParticipant", { path: invited });
    const announcement = { role: "creator", category: "system", title: "Maintenance", message: "On Sunday" };
    await done(judge, "announce", { body: announcement });
    await world.until(14 * HOUR_MS);
  },
};

export const area: Area = {
  moves: [withdrawing, extending, agreeing, rewording, discarding],
  stories: [secondThoughts],
};
