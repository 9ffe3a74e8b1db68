import { type IdKind, idPrefixes } from "#shared/domain/kernel/ids";
import { isWithin, plusHours, type Span } from "#shared/domain/kernel/time";
import { ulidOf } from "#shared/domain/kernel/ulid";
import { Submission } from "#shared/domain/submissions/submission";
import { Earning } from "#shared/domain/wallets/earning";
import { WalletTransaction } from "#shared/domain/wallets/transaction";
import type { ExportedLists } from "#shared/ports/exports";
import type { TableEngine } from "#shared/table/engine";
import { type Listing, listing, ranged, spreadListing } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { newestFirst, pageOf } from "./pages.ts";
import type { List } from "./reading.ts";

/** What is decided is written while the job that decided it has time: an id is never further from its thing's instant. */
const LATE_HOURS = 1;
const [FIRST, LAST] = [new Uint8Array(16), new Uint8Array(16).fill(31)];

const idAt = (kind: IdKind, at: string, bytes: Uint8Array): string =>
  `${idPrefixes[kind]}_${ulidOf(Math.max(0, Date.parse(at)), bytes)}`;

/** What of a list in order of ids may have been made in a span, newest first: all of that, and little besides. */
function madeWithin(list: List, kind: IdKind, { from, to }: Span): readonly Listing[] {
  const first = from === undefined ? {} : { from: idAt(kind, plusHours(from, -LATE_HOURS), FIRST) };
  const last = to === undefined ? `${idPrefixes[kind]}_~` : idAt(kind, plusHours(to, LATE_HOURS), LAST);
  return newestFirst([list].flat().map((part) => ranged(part, { ...first, to: last })));
}

export const storedExportedLists = (table: TableEngine): ExportedLists => ({
  transactions(userId, made, page) {
    const { walletTransaction } = items;
    const all =
      userId === undefined ? spreadListing(walletTransaction.listings.all, {}) : listing(walletTransaction, { userId });
    const list = madeWithin(all, "journalEntry", made);
    return pageOf(table, list, WalletTransaction, page, ({ createdAt }) => isWithin(made, createdAt));
  },
  earnings(creatorId, made, page) {
    const { earning } = items;
    const all = creatorId === undefined ? spreadListing(earning.listings.all, {}) : listing(earning, { creatorId });
    return pageOf(table, madeWithin(all, "earning", made), Earning, page, ({ createdAt }) => isWithin(made, createdAt));
  },
  submissions(campaignId, creatorId, made, page) {
    const { submission } = items;
    const all =
      creatorId === undefined
        ? listing(submission, { campaignId })
        : listing(submission.listings.ofCreator, { campaignId, creatorId });
    const list = madeWithin(all, "submission", made);
    return pageOf(table, list, Submission, page, ({ submittedAt }) => isWithin(made, submittedAt));
  },
});
