/** Entries as docs/money.md shows them: whatever is posted has its row there. */
import { readFileSync } from "node:fs";
import { expect } from "@jest/globals";
import { accountName } from "#shared/domain/ledger/account";
import { JournalEntry, type Line } from "#shared/domain/ledger/journal-entry";
import type { TestStage } from "./stage.ts";

const page = readFileSync(new URL("../../docs/money.md", import.meta.url), "utf8").replace(/ +/g, " ");

/** An account's last word; of a campaign's and of a wallet's it is told apart by that. */
const nameOf = ({ account }: Line): string => `\`${accountName(account).split(":").at(-1) ?? ""}\``;
const inDollars = (minor: number): string => (Math.abs(minor) / 100).toFixed(2);
const side = (lines: readonly Line[], sign: 1 | -1): string =>
  lines
    .filter(({ amount }) => Math.sign(amount) === sign)
    .map((line) => `${nameOf(line)} ${inDollars(line.amount)}`)
    .join(", ");
const names = {
  cmp: "campaign", prt: "participation", dlv: "deliverable", ern: "earning", rfd: "refund", pay: "payout", dep: "deposit",
  jrn: "entry", cmt: "digest of the key", pi: "payment intent", trr: "reversal", txn: "balance transaction", dp: "dispute",
  re: "refund at Stripe",
}; // prettier-ignore
/** With what its parts are of in place of their ids. */
const keyOf = ({ key }: JournalEntry): string =>
  Object.entries(names)
    .reduce((text, [prefix, name]) => text.replace(new RegExp(`\\b${prefix}_\\w+`, "g"), `<${name}>`), key)
    .replace(/^(settlements:.*):\d+$/, "$1:<version>")
    .replace(/:\d+(?=$|:)/, ":<unit>");

/** The rows of what has been posted since the last look. */
export function watched(stage: TestStage) {
  const seen = new Set<string>();
  const fresh = () =>
    stage
      .stored("journalEntry")
      .map((row) => JournalEntry.parse(row))
      .filter(({ id }) => !seen.has(id) && seen.add(id))
      .sort((a, b) => (a.id < b.id ? -1 : 1));
  return {
    skip: () => void fresh(),
    /** Each of them by its event's name on the page; one without a name is not there. */
    shown(...events: readonly string[]): void {
      const rows = fresh().map(
        (entry, at) =>
          `| ${events[at] ?? "?"} | \`${keyOf(entry)}\` | ${side(entry.lines, -1)} | ${side(entry.lines, 1)} |`,
      );
      expect(rows).toHaveLength(events.length);
      for (const row of rows.filter((_, at) => events[at] !== "")) expect(page).toContain(row);
    },
  };
}
