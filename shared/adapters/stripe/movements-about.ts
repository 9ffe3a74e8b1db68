/**
 * Movements by what they are about, on whatever day. Stripe lists balance transactions by their own source alone, so what
 * belongs to a payment or a transfer is found through these, each part with the balance transactions that it names.
 * Sources: docs.stripe.com/api/balance_transactions/list (`source`), /api/charges/list, /api/refunds/list, /api/disputes/list
 * (`payment_intent`), /api/refunds/object (`failure_balance_transaction`), /api/disputes/object (`balance_transactions`),
 * /api/transfer_reversals/list.
 */
import type Stripe from "stripe";
import * as z from "zod";
import type { ProcessorMovement } from "#shared/domain/processor/movement";
import { answeredByStripe } from "./client.ts";
import { everyOf, read } from "./connection.ts";
import { movementOf } from "./movement-shapes.ts";
import { undefinedWhenUnknown } from "./records.ts";

type Movements = readonly ProcessorMovement[];
type Filter = Pick<Stripe.BalanceTransactionListParams, "created" | "source" | "type">;

export const listedMovements = ({ balanceTransactions }: Stripe, filter: Filter): Promise<Movements> =>
  collected(
    everyOf((page) => balanceTransactions.list({ ...filter, expand: ["data.source"], ...page })),
    movementOf,
  );

/** By the balance transaction's id. Undefined when Stripe has none, or one of money that is not in our books. */
export async function movementAt({ balanceTransactions }: Stripe, id: string): Promise<ProcessorMovement | undefined> {
  const one = await read(() => balanceTransactions.retrieve(id, { expand: ["source"] })).catch(undefinedWhenUnknown);
  return one && movementOf(one)[0];
}

/** What everything else belongs to, by how its ids begin. */
const wholes: Readonly<Record<string, (stripe: Stripe, id: string) => Promise<Movements>>> = {
  pi: ofPayment,
  tr: ofTransfer,
};
const kindOf = (id: string): string => id.split("_")[0] ?? "";
const isWhole = (id: string): boolean => kindOf(id) in wholes;

/** Asks about each payment and transfer among them, or that turns up, and about other objects only while nothing found names them. */
export async function movementsAbout(stripe: Stripe, objectIds: readonly string[]): Promise<Movements> {
  const found = new Map<string, ProcessorMovement>();
  const asked = new Set<string>();
  for (;;) {
    const named = new Set([...found.values()].flatMap((one) => [one.id, ...one.objectIds]));
    const open = [...objectIds, ...named].filter((id) => !asked.has(id) && (isWhole(id) || !named.has(id)));
    const next = open.find(isWhole) ?? open[0];
    if (next === undefined) return [...found.values()];
    asked.add(next);
    for (const movement of await ofObject(stripe, next)) found.set(movement.id, movement);
  }
}

/** None of what Stripe does not know. */
async function ofObject(stripe: Stripe, id: string): Promise<Movements> {
  if (kindOf(id) === "txn") return [(await movementAt(stripe, id)) ?? []].flat();
  const asked = wholes[kindOf(id)]?.(stripe, id) ?? listedMovements(stripe, { source: id });
  return (await asked.catch(undefinedWhenUnknown)) ?? [];
}

async function ofPayment(stripe: Stripe, payment_intent: string): Promise<Movements> {
  const { charges, refunds, disputes } = stripe;
  const asked = { payment_intent, expand: ["data.balance_transaction"] };
  const of = partOf(stripe);
  const parts = await Promise.all([
    collected(
      everyOf((page) => charges.list({ ...asked, ...page })),
      of,
    ),
    collected(
      everyOf((page) => refunds.list({ ...asked, ...page })),
      of,
    ),
    collected(
      everyOf((page) => disputes.list({ payment_intent, ...page })),
      of,
    ),
  ]);
  return parts.flat();
}

async function ofTransfer(stripe: Stripe, id: string): Promise<Movements> {
  const { transfers } = stripe;
  const of = partOf(stripe);
  const transfer = await read(() => transfers.retrieve(id, { expand: ["balance_transaction"] }));
  const expand = ["data.balance_transaction"];
  const reversals = await collected(
    everyOf((page) => transfers.listReversals(id, { expand, ...page })),
    of,
  );
  return [...(await of(transfer)), ...reversals];
}

/** An object with the balance transactions that it names, whole or by their ids. */
const Part = z.object({
  balance_transaction: z.unknown().optional(),
  failure_balance_transaction: z.unknown().optional(),
  balance_transactions: z.array(z.unknown()).default([]),
});

const partOf =
  (stripe: Stripe) =>
  async (source: unknown): Promise<Movements> => {
    const { balance_transaction, failure_balance_transaction, balance_transactions } = Part.parse(source);
    const named = [balance_transaction, failure_balance_transaction, ...balance_transactions];
    const each = await Promise.all(
      named.map(async (one) => {
        if (typeof one === "string") return (await movementAt(stripe, one)) ?? [];
        return one ? movementOf({ ...one, source }) : [];
      }),
    );
    return each.flat(2);
  };

/** Everything of a list. */
const collected = <T, R>(things: AsyncIterable<T>, of: (thing: T) => R | readonly R[] | Promise<readonly R[]>) =>
  answeredByStripe(async () => {
    const all: R[] = [];
    for await (const thing of things) all.push(...([await of(thing)].flat() as R[]));
    return all;
  });
