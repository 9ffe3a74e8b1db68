import * as z from "zod";
import { idOf } from "../../kernel/ids.ts";
import { CalendarDay, Instant } from "../../kernel/time.ts";
import { Currency } from "../../kernel/money.ts";
import { SealHead } from "../../audit/seal.ts";
import { Balances } from "../trial-balance.ts";

/** Of a closing: more than one a second, and no more than 60 kB of its item. */
export const MOST_LAST_COMMITS = 2_000;

/**
 * What a wallet or a campaign's budget held when a day was closed: the sum of all its lines until then. It is moved forward
 * with each day in which the account moved.
 */
export const Closing = z.object({
  /** `wallet:<user>` or `campaign:<campaign>`. */
  account: z.string(),
  currency: Currency,
  /** By account of the wallet or campaign, each on its normal side. */
  figures: z.record(z.string(), z.int()),
  /** Commits that moved it, altogether. */
  commits: z.int(),
  /** Those of which one was written last: they may have been written in another order than they were decided in. */
  lastCommitIds: z.array(idOf("commit")),
  /** Until the end of which day. */
  day: CalendarDay,
  version: z.int(),
});
export type Closing = z.infer<typeof Closing>;

/** A day that is closed: nothing is posted into it any more. Written once, and sealed. */
export const LedgerClose = z.object({
  day: CalendarDay,
  currencies: z.array(z.object({ currency: Currency, opening: Balances, closing: Balances })),
  /** Of the day; of all days until then, when none was closed before. */
  entries: z.int(),
  commits: z.int(),
  /** Seals up to these hold nothing of the days after. */
  heads: z.array(SealHead),
  chainHead: z.string(),
  /** Keys of entries of the day that were not sealed yet when it was closed. */
  unsealed: z.array(z.string()),
  closedAt: Instant,
  version: z.int(),
});
export type LedgerClose = z.infer<typeof LedgerClose>;
