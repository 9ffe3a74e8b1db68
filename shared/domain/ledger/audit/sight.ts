/** One look, and what the auditor has found out before it. */
import type { Currency, Money } from "../../kernel/money.ts";
import type { ProcessorMovement } from "../../processor/movement.ts";
import { closedWith } from "../closing/close-day.ts";
import { posted, type TrialBalance } from "../trial-balance.ts";
import type { Books, Look } from "./books.ts";
import type { Finding } from "./finding.ts";
import { driftOf, type Standing, standingsOf } from "./standing.ts";

/** What a judged wallet or budget holds beyond its lines. */
export interface Drift {
  readonly currency: Currency;
  /** Minor units, credits positive. */
  readonly amount: number;
}

export interface Sight {
  readonly books: Books;
  readonly held: readonly Money[] | undefined;
  readonly heldBefore: readonly Money[] | undefined;
  readonly feesToCome: readonly ProcessorMovement[];
  readonly standings: ReadonlyMap<string, Standing>;
  readonly trial: TrialBalance;
  /** By holder: of all that were judged, in this look or in one before it. */
  readonly drifts: ReadonlyMap<string, Drift>;
  /** Currencies in which nobody is left to be judged. */
  readonly complete: (currency: Currency) => boolean;
}

/** A promise of the ledger, and how a look is asked about it. */
export interface Rule {
  readonly id: string;
  readonly title: string;
  readonly findings: (sight: Sight) => readonly Finding[];
}

export function sightOf(
  { books, held, heldBefore = held, feesToCome = [] }: Look,
  before: ReadonlyMap<string, Drift>,
): Sight {
  const standings = standingsOf(books);
  const judged = [...standings.values()].filter((one) => one.judged);
  const drifts = new Map([
    ...judged.map((one): [string, Drift] => [one.holder.name, { currency: one.currency, amount: driftOf(one) }]),
    ...before,
  ]);
  const left = new Set(
    [...standings.values()].flatMap(({ holder, currency }) => (drifts.has(holder.name) ? [] : [currency])),
  );
  return {
    books,
    held,
    heldBefore,
    feesToCome,
    standings,
    trial: posted(closedWith(books.close), books.entries),
    drifts,
    complete: (currency) => !left.has(currency),
  };
}
