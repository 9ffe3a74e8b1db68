/** What must hold of what campaigns hold for participants: M6. Participations are read between two looks at the budget: while no commit came between, they belong together. */
import { dayOf } from "../../kernel/time.ts";
import type { Budget } from "../../campaigns/campaign.ts";
import { isUnsettled, type Participant, type Unit } from "../../invitations/participant.ts";
import type { JournalEntry, SettledUnit } from "../journal-entry.ts";
import { campaignHolder } from "../postings.ts";
import { isUnmoved } from "./books.ts";
import { eachOnce, type Finding, judged, open } from "./finding.ts";
import type { Rule, Sight } from "./sight.ts";

export const settledOnce: Rule = {
  id: "M6",
  title: "A unit is settled once and for its price; what is secured is the price of the others, each with a date",
  findings: (sight) => {
    const { books } = sight;
    const settlements = settlementsIn(books.entries);
    return [
      ...eachOnce(books.entries.flatMap(({ settles = [] }) => settles.map(unitName))),
      ...books.entries.flatMap((entry) => priceOf(entry, books.participants)),
      ...books.participants.flatMap((participant) => unitsOf(participant, settlements, sight)),
      ...books.budgets.map((budget) => securedOf(budget, sight)),
    ];
  },
};

const unitName = ({ participationId, deliverableId, unit }: SettledUnit): string =>
  `unit ${participationId}:${deliverableId}:${unit}`;
const nameOf = ({ id: participationId }: Participant, { deliverableId, unit }: Unit): string =>
  unitName({ participationId, deliverableId, unit });

const settlementsIn = (entries: readonly JournalEntry[]): ReadonlySet<string> =>
  new Set(entries.flatMap(({ settles = [] }) => settles.map(unitName)));

/** What left `secured` is the price of what was settled. Of somebody who has joined again since, the old prices are gone. */
function priceOf({ key, lines, settles }: JournalEntry, participants: readonly Participant[]): Finding[] {
  if (settles === undefined) return [];
  const units = new Map(participants.flatMap((one) => one.units.map((unit) => [nameOf(one, unit), unit.priceMinor])));
  const prices = settles.map((unit) => units.get(unitName(unit)));
  if (prices.includes(undefined)) return [];
  const left = lines
    .filter(({ account }) => account.of === "campaign" && account.account === "secured")
    .reduce((sum, { amount }) => sum - amount, 0);
  const price = prices.reduce<number>((sum, one) => sum + (one ?? 0), 0);
  return [judged(`price ${key}`, (equal) => equal(key, price, left))];
}

/** An entry that was found has settled its unit, seen after it. A unit that is settled has its entry, where all of them were found. */
function unitsOf(participant: Participant, settlements: ReadonlySet<string>, sight: Sight): Finding[] {
  const { close } = sight.books;
  const isWhole = isStill(participant.campaignId, sight) && dayOf(participant.joinedAt) > (close?.day ?? "");
  return participant.units.map((unit) => {
    const name = nameOf(participant, unit);
    const [hasEntry, isOwed] = [settlements.has(name), isUnsettled(unit)];
    const isCertain = hasEntry || isOwed || isWhole || unit.priceMinor === 0;
    if (!isCertain && isPending(participant, sight)) return open(name);
    return judged(name, (equal) => {
      if (isOwed) equal(`${name} has a date`, true, unit.dueAt !== undefined);
      if (hasEntry) equal(`${name} settled`, true, !isOwed);
      else if (isWhole && !isOwed && unit.priceMinor > 0) equal(`${name} has an entry`, true, false);
    });
  });
}

/** Whether a later look may tell more of its settlements: those before the close are behind it for good. */
const isPending = ({ joinedAt }: Participant, { books: { close } }: Sight): boolean =>
  dayOf(joinedAt) > (close?.day ?? "");

/** Every commit of the campaign's budget was found, and none came while its participations were read. */
function isStill(campaignId: string, { books, standings }: Sight): boolean {
  const standing = standings.get(campaignHolder(campaignId).name);
  return standing?.judged === true && isUnmoved(books, campaignId, standing.commits);
}

function securedOf({ campaignId, secured, commits }: Budget, { books }: Sight): Finding {
  const name = campaignHolder(campaignId).name;
  const taking = books.participants.filter((one) => one.campaignId === campaignId);
  if (!isUnmoved(books, campaignId, commits)) return open(name);
  const owed = taking.flatMap(({ units }) => units.filter(isUnsettled)).reduce((sum, unit) => sum + unit.priceMinor, 0);
  return judged(name, (equal) => equal(`${name} secured`, owed, secured));
}
