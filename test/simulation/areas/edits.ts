/** Second thoughts: offers taken back, dates moved by consent, drafts reworded and thrown away. */
import type { Area, Move } from "../area.ts";
import type { Chance } from "../chance.ts";
import type { Client } from "../client.ts";

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

export const area: Area = { moves: [withdrawing, extending, agreeing, rewording, discarding] };
