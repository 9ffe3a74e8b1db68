import { cardOf, CreatorCard, isShown } from "#shared/domain/matching/card";
import { Exposure } from "#shared/domain/matching/exposure";
import { noResults, PastResult } from "#shared/domain/matching/past-result";
import { IndexRebuild } from "#shared/domain/matching/index-rebuild";
import { Invitation } from "#shared/domain/invitations/invitation";
import { Participant } from "#shared/domain/invitations/participant";
import { Account } from "#shared/domain/users/account";
import type {
  Candidates,
  CreatorCards,
  Exposures,
  FoundCreator,
  IndexRebuilds,
  PastResults,
} from "#shared/ports/matching";
import type { Item, Key, TableEngine } from "#shared/table/engine";
import { itemKey, listing, spreadListing, storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { bestFirst } from "./best-first.ts";
import { eachOf, everyOf, parsed } from "./pages.ts";

export const storedCreatorCards = (table: TableEngine): CreatorCards => ({
  get: async (userId) => parsed(CreatorCard, await table.get(itemKey(items.creatorCard, { userId }))),
});

export const storedIndexRebuilds = (table: TableEngine): IndexRebuilds => ({
  state: async () => parsed(IndexRebuild, await table.get(itemKey(items.indexRebuild, {}))),
});

export const storedPastResults = (table: TableEngine): PastResults => ({
  get: async (creatorId, campaignId) =>
    parsed(PastResult, await table.get(itemKey(items.pastResult, { creatorId, campaignId }))),
  ofCreator: (creatorId) => everyOf(table, listing(items.pastResult, { creatorId }), PastResult),
});

export const storedExposures = (table: TableEngine): Exposures => ({
  note: (exposure) => table.write({ kind: "put", item: storedItem(items.exposure, exposure), when: { any: true } }),
  async ofDay(day, most) {
    const lists: Exposure[] = [];
    for await (const list of eachOf(table, spreadListing(items.exposure.listings.ofDay, { day }), Exposure)) {
      if (lists.length === most) return { lists, isWhole: false };
      lists.push(list);
    }
    return { lists, isWhole: true };
  },
});

/** Accounts of those who are shown, with their cards: a profile as it is, figures as they were last taken in. */
export async function shownOf(
  table: TableEngine,
  userIds: readonly string[],
): Promise<ReadonlyMap<string, FoundCreator>> {
  const keys = userIds.flatMap((userId) => [
    itemKey(items.account, { id: userId }),
    itemKey(items.creatorCard, { userId }),
  ]);
  const there = await thereAt(table, keys);
  return new Map(
    userIds.flatMap((userId) => {
      const account = there(Account, itemKey(items.account, { id: userId }));
      if (account === undefined || !isShown(account)) return [];
      const card = there(CreatorCard, itemKey(items.creatorCard, { userId }));
      return [[userId, { account, card: cardOf(account, card?.accounts ?? [], card?.results ?? noResults) }]];
    }),
  );
}

/** Items by key, read at once and parsed when they are asked for. */
async function thereAt(table: TableEngine, keys: readonly Key[]) {
  const nameOf = ({ pk, sk }: Key | Item): string => JSON.stringify([pk, sk]);
  const byName = new Map((await table.getMany(keys)).map((item) => [nameOf(item), item]));
  return <T>(shape: { parse(item: unknown): T }, key: Key): T | undefined => {
    const item = byName.get(nameOf(key));
    return item === undefined ? undefined : shape.parse(item);
  };
}

export const storedCandidates = (table: TableEngine): Candidates => ({
  inOrder: (brief) => bestFirst(table, brief),
  some: async (campaignId, creatorIds) => {
    const ties = creatorIds.flatMap((creatorId) => [
      itemKey(items.invitation, { campaignId, creatorId }),
      itemKey(items.participant, { campaignId, creatorId }),
    ]);
    const [shown, there] = await Promise.all([shownOf(table, creatorIds), thereAt(table, ties)]);
    return [...shown].map(([creatorId, found]) => ({
      ...found,
      invitation: there(Invitation, itemKey(items.invitation, { campaignId, creatorId })),
      participant: there(Participant, itemKey(items.participant, { campaignId, creatorId })),
    }));
  },
});
