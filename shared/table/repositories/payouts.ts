import { Payout } from "#shared/domain/payouts/payout";
import { PayoutAccount } from "#shared/domain/payouts/payout-account";
import type { PayoutAccounts, Payouts } from "#shared/ports/payouts";
import type { TableEngine } from "#shared/table/engine";
import { itemKey, listing, ranged, spreadListing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { eachOf, everyNamed, everyOf, newestFirst, pageOf, parsed } from "./pages.ts";

export const storedPayouts = (table: TableEngine): Payouts => ({
  get: async (id) => parsed(Payout, await table.get(itemKey(items.payout, { id }))),
  ofCreator: (creatorId, page) =>
    pageOf(table, newestFirst(listing(items.payout.listings.ofCreator, { creatorId })), Payout, page),
  short: (creatorId) => everyOf(table, listing(items.payout.listings.short, { creatorId }), Payout),
  underWay: () => everyNamed(table, spreadListing(items.payout.listings.due, {}), Payout),
  due: (now) =>
    [...spreadListing(items.payout.listings.due, {}), ...spreadListing(items.payout.listings.paidDue, {})].map((part) =>
      eachOf(table, ranged(part, { to: now }), Payout),
    ),
});

export const storedPayoutAccounts = (table: TableEngine): PayoutAccounts => ({
  get: async (creatorId) => parsed(PayoutAccount, await table.get(itemKey(items.payoutAccount, { creatorId }))),
});
