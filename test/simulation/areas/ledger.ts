/** The books: proven by the admin's own proof, while people are at work and after, and added up from the lines themselves. */
import { JournalEntry } from "#shared/domain/ledger/journal-entry";
import type { Area, Invariant, Move } from "../area.ts";
import { clientOf, isDone } from "../client.ts";
import { bookedIn } from "../books.ts";
import { processorOf } from "../processor.ts";
import type { World } from "../world.ts";
import { mismatched } from "./deposits.ts";

interface Proven {
  readonly id: string;
  readonly title: string;
  readonly passed: boolean;
  readonly notJudged: number;
  readonly violations: readonly { readonly subject: string }[];
}

const broken = (invariants: readonly Proven[]): string[] =>
  invariants.flatMap(({ id, title, passed, violations }) =>
    passed || violations.length === 0 ? [] : [`${id} ${title}: ${JSON.stringify(violations.slice(0, 3))}`],
  );

const unjudged = (invariants: readonly Proven[]): string[] =>
  invariants.flatMap(({ id, title, notJudged }) =>
    notJudged === 0 ? [] : [`${id} ${title}: ${notJudged} not judged`],
  );

const proving: Move = {
  name: "prove the books",
  role: "admin",
  weight: 1,
  async act(me, _chance, world) {
    const proof = await me.get("proveLedger");
    if (!isDone(proof)) return true;
    const invariants = (proof.body["invariants"] as Proven[]).filter(
      // A payment that nobody was credited is there, and noted.
      ({ id }) => id !== "M10" || processorOf(world).isWhole(),
    );
    for (const one of broken(invariants)) world.find(`while people were at work, ${one}`);
    return true;
  },
};

/** A balance's name as it is stored, and its figure. */
type Balances = Map<string, number>;

/** By the normal side of each account: what is stored is never below zero, and disputes are owed to us. */
function addedUp(world: World): Balances {
  const sums: Balances = new Map();
  for (const { lines } of world.items("journalEntry").map((item) => JournalEntry.parse(item)))
    for (const { account, amount } of lines) {
      if (account.of === "platform") continue;
      const holder = account.of === "wallet" ? account.userId : account.campaignId;
      const name = `${holder} ${account.account}`;
      const isAsset = account.account === "disputesReceivable";
      sums.set(name, (sums.get(name) ?? 0) + (isAsset ? -amount : amount));
    }
  return sums;
}

const figures = {
  wallet: ["available", "pending", "payable", "inFlight", "disputesReceivable"],
  budget: ["unassigned", "secured", "spent"],
} as const;

function stored(world: World): Balances {
  const all: Balances = new Map();
  for (const kind of ["wallet", "budget"] as const)
    for (const item of world.items(kind))
      for (const figure of figures[kind])
        all.set(`${String(item["userId"] ?? item["campaignId"])} ${figure}`, Number(item[figure] ?? 0));
  return all;
}

const invariants: readonly Invariant[] = [
  {
    says: "the books are not balanced",
    async broken(world) {
      const admin = world.people.find(({ role }) => role === "admin");
      if (admin === undefined) return ["there is no admin who could prove them"];
      const proof = await clientOf(world, admin, "the last proof").get("proveLedger");
      if (!isDone(proof)) return [`no proof: ${proof?.text ?? "no answer"}`];
      const invariants = proof.body["invariants"] as Proven[];
      const balanced = invariants.every(({ passed }) => passed);
      const wrong = [...broken(invariants.filter(({ id }) => id !== "M10")), ...unjudged(invariants)];
      return balanced || mismatched(world).size > 0 ? wrong : [...broken(invariants), ...wrong, "not balanced"];
    },
  },
  {
    says: "the processor holds something else than the books say, and what nobody was credited",
    broken(world) {
      const noted = mismatched(world);
      const processor = processorOf(world);
      const unclaimed = processor
        .movements()
        .filter(({ objectIds }) => objectIds.some((id) => noted.has(id)))
        .reduce((sum, { amountMinor, feeMinor }) => sum + amountMinor - feeMinor, 0);
      const [booked, there] = [bookedIn(world, "stripe_balance"), processor.held() - unclaimed];
      return booked === there ? [] : [`${booked} in the books, ${there} there`];
    },
  },
  {
    says: "a balance is not the sum of its lines",
    broken(world) {
      const [sums, balances] = [addedUp(world), stored(world)];
      const names = new Set([...sums.keys(), ...balances.keys()]);
      return [...names].flatMap((name) => {
        const [sum, balance] = [sums.get(name) ?? 0, balances.get(name) ?? 0];
        return sum === balance ? [] : [`${name}: ${sum} in the journal, ${balance} stored`];
      });
    },
  },
  {
    says: "the lines of an entry do not sum to zero, or a balance is below it",
    broken(world) {
      const unbalanced = world.items("journalEntry").flatMap((item) => {
        const { key, lines } = JournalEntry.parse(item);
        return lines.reduce((sum, { amount }) => sum + amount, 0) === 0 ? [] : [key];
      });
      const below = [...stored(world)].flatMap(([name, balance]) => (balance < 0 ? [`${name}: ${balance}`] : []));
      return [...unbalanced, ...below];
    },
  },
];

export const area: Area = { moves: [proving], invariants };
