import type { Closing, LedgerClose } from "#shared/domain/ledger/closing/closing";
import type { JournalEntry } from "#shared/domain/ledger/journal-entry";
import type { Declaration } from "../item.ts";
import { SPREAD } from "../schema.ts";

const postedDay = ({ postedAt }: Pick<JournalEntry, "postedAt">): string => postedAt.slice(0, "YYYY-MM-DD".length);

/** The object that it books: its payment intent, refund, dispute, transfer, reversal, payout or balance transaction. */
const processorId = ({ processorIds: [first] = [] }: Pick<JournalEntry, "processorIds">): string => first ?? "";

/** Its key is the business event's, so that the event is booked once. */
export const journalEntry = {
  kind: "journalEntry",
  prefix: "JOURNAL_ENTRY",
  partition: ["key"],
  sort: [],
  listings: {
    /** Entries are kept for ever: partitions of their own for each day, which is closed once. */
    ofDay: {
      index: "kind",
      prefix: "JOURNAL_ENTRIES_OF_DAY",
      partition: [postedDay],
      sort: ["postedAt", "id"],
      spread: SPREAD,
    },
    /** By what it books of the processor's: whatever came of one object, on whatever day. */
    about: {
      index: "owner",
      prefix: "JOURNAL_ENTRIES_ABOUT",
      partition: [processorId],
      sort: ["postedAt", "id"],
      when: (entry) => processorId(entry) !== "",
    },
  },
  appendOnly: true,
  sealed: true,
} as const satisfies Declaration<JournalEntry>;

/** What an account held when a day was closed. */
export const closing = {
  kind: "closing",
  prefix: "CLOSING",
  partition: ["account"],
  sort: [],
} as const satisfies Declaration<Closing>;

export const ledgerClose = {
  kind: "ledgerClose",
  prefix: "LEDGER_CLOSE",
  partition: ["day"],
  sort: [],
  listings: {
    /** One a day: a partition is enough. */
    all: { index: "kind", prefix: "LEDGER_CLOSES", partition: [], sort: ["day"] },
  },
  appendOnly: true,
  sealed: true,
} as const satisfies Declaration<LedgerClose>;
