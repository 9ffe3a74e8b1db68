import { JournalEntry } from "#shared/domain/ledger/journal-entry";
import type { World } from "./world.ts";

/** What an account of the house's holds, by the journal: debits. */
export const bookedIn = (world: World, name: string): number =>
  world
    .items("journalEntry")
    .flatMap((item) => JournalEntry.parse(item).lines)
    .reduce(
      (sum, { account, amount }) => sum - (account.of === "platform" && account.account === name ? amount : 0),
      0,
    );
