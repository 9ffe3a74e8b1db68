/** Creators say what they make, brands look whom they are proposed; what is found must be what holds. */
import { isDeepStrictEqual } from "node:util";
import { Campaign, Category } from "#shared/domain/campaigns/campaign";
import { Participant } from "#shared/domain/invitations/participant";
import { Deliverable } from "#shared/domain/campaigns/deliverable";
import { briefOf } from "#shared/domain/matching/brief";
import { CreatorCard } from "#shared/domain/matching/card";
import { rightCard } from "#shared/domain/matching/follow-creator";
import { followPieces } from "#shared/domain/matching/follow-result";
import { entriesOf, asIndexed } from "#shared/domain/matching/index-entry";
import { PastResult } from "#shared/domain/matching/past-result";
import { SocialAccount, SocialDay } from "#shared/domain/social/social-account";
import { Submission } from "#shared/domain/submissions/submission";
import { Account } from "#shared/domain/users/account";
import { memoryTable } from "#shared/adapters/memory/table";
import type { Item, Key } from "#shared/table/engine";
import { contentOf } from "#shared/table/item";
import { bestBySorting } from "../../support/crowd-of-creators.ts";
import { bestByIndex } from "../../support/index-under-test.ts";
import type { Area, Invariant, Move } from "../area.ts";
import type { World } from "../world.ts";

const saying: Move = {
  name: "say what they make, and where",
  role: "creator",
  weight: 1,
  act: async (me, chance) => {
    const categories = [...new Set([chance.oneOf(Category.options), chance.oneOf(Category.options)])];
    const country = chance.oneOf(["US", "DE", "JP"]);
    await me.act("updateMe", { body: { creator: { categories, languages: ["en"] }, location: { country } } });
    return true;
  },
};

const looking: Move = {
  name: "look whom a campaign is proposed",
  role: "brand",
  weight: 1,
  act: async (me, chance) => {
    const campaigns = await me.list("listCampaigns");
    const campaign = chance.oneOf(campaigns);
    if (campaign === undefined) return false;
    await me.get("listMatches", { path: { campaignId: String(campaign["id"]) } });
    return true;
  },
};

const parsed = <T>(world: World, kind: Parameters<World["items"]>[0], shape: { parse(item: unknown): T }): T[] =>
  world.items(kind).map((item) => shape.parse(item));

/** Everybody whose card is another than what holds of them makes. */
function wrongCards(world: World): string[] {
  const cards = new Map(parsed(world, "creatorCard", CreatorCard).map((card) => [card.userId, card]));
  const socialAccounts = parsed(world, "socialAccount", SocialAccount);
  const socialDays = parsed(world, "socialDay", SocialDay);
  const results = parsed(world, "pastResult", PastResult);
  return parsed(world, "account", Account).flatMap((account) => {
    const isTheirs = ({ userId }: { readonly userId: string }): boolean => userId === account.id;
    const own = { socialAccounts: socialAccounts.filter(isTheirs), socialDays: socialDays.filter(isTheirs) };
    const card = rightCard({ account, ...own, results: results.filter(({ creatorId }) => creatorId === account.id) });
    const right = card ? asIndexed(card) : {};
    const { version: _version, updatedAt: _at, ...content } = cards.get(account.id) ?? {};
    return isDeepStrictEqual(content, right) ? [] : [account.id];
  });
}

function wrongEntries(world: World): string[] {
  const named = (entry: object): string => JSON.stringify(entry, Object.keys(entry).sort());
  const stored = new Set(world.items("indexEntry").map((item) => named(contentOf(item))));
  const right = new Set(parsed(world, "creatorCard", CreatorCard).flatMap(entriesOf).map(named));
  return [...[...stored].filter((one) => !right.has(one)), ...[...right].filter((one) => !stored.has(one))];
}

/** Campaigns that would be proposed others, or in another order, than a look at everybody gives. */
async function wrongProposals(world: World): Promise<string[]> {
  const table = memoryTable(world.items("indexEntry") as readonly (Item & Key)[]);
  const cards = parsed(world, "creatorCard", CreatorCard);
  const byId = new Map(cards.map((card) => [card.userId, card]));
  const deliverables = parsed(world, "deliverable", Deliverable);
  const wrong: string[] = [];
  for (const campaign of parsed(world, "campaign", Campaign)) {
    const brief = briefOf(
      campaign,
      deliverables.filter(({ campaignId }) => campaignId === campaign.id),
    );
    const found = await bestByIndex(table, brief, byId, 20);
    if (!isDeepStrictEqual(found, { best: bestBySorting(brief, cards, 20), isExact: true })) wrong.push(campaign.id);
  }
  return wrong;
}

/** Verdicts that a result does not count, or that there are not. */
function wrongResults(world: World): string[] {
  const campaigns = new Map(parsed(world, "campaign", Campaign).map((campaign) => [campaign.id, campaign]));
  const results = parsed(world, "pastResult", PastResult);
  const submissions = parsed(world, "submission", Submission);
  return parsed(world, "participant", Participant).flatMap((participant) => {
    const { campaignId, creatorId } = participant;
    const isTheirs = (one: { readonly campaignId: string; readonly creatorId: string }): boolean =>
      one.campaignId === campaignId && one.creatorId === creatorId;
    const stored = results.find(isTheirs);
    const campaign = campaigns.get(campaignId);
    if (campaign === undefined) return [`${campaignId} is missing`];
    const part = { campaign, participant, submissions: submissions.filter(isTheirs), stored };
    const [change] = followPieces(part, creatorId, campaign.updatedAt)?.entities ?? [];
    const right = change?.entity === "pastResult" ? change.next : stored;
    const isSame =
      (right?.decided ?? 0) === (stored?.decided ?? 0) && (right?.approved ?? 0) === (stored?.approved ?? 0);
    return isSame ? [] : [`${creatorId} in ${campaignId}`];
  });
}

const invariants: readonly Invariant[] = [
  { says: "a creator's card is not what holds of them", broken: wrongCards },
  { says: "the index has a place that no card has, or lacks one", broken: wrongEntries },
  { says: "a campaign is proposed others than those who fit best", broken: wrongProposals },
  { says: "a verdict is not in the results of whom it is about", broken: wrongResults },
];

export const area: Area = { moves: [saying, looking], invariants };
