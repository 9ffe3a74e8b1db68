import * as z from "zod";
import { Currency } from "../kernel/money.ts";
import { accountName } from "./account.ts";
import { type DecidedEntry, EntryType } from "./journal-entry.ts";

/** A journal entry as admins see it. */
export const EntryView = z.object({
  key: z.string(),
  type: EntryType,
  currency: Currency,
  description: z.string(),
  /** Signed minor units: credits are positive. */
  lines: z.array(z.object({ account: z.string(), amount: z.int() })),
});
export type EntryView = z.infer<typeof EntryView>;

export const entryView = ({ key, type, currency, description, lines }: DecidedEntry): EntryView => ({
  key,
  type,
  currency,
  description,
  lines: lines.map(({ account, amount }) => ({ account: accountName(account), amount })),
});
