/** A change as operations on the table. Pure; `changes.ts` sends them. */
import { OwnError } from "#shared/domain/kernel/own-error";
import type { Change, EntityChange, Requirement } from "#shared/domain/change";
import type { Committable, EntityName } from "#shared/domain/entities";
import type { Journal, TransactionType } from "#shared/domain/wallets/journal";
import { TransactionType as TransactionTypes } from "#shared/domain/wallets/journal";
import {
  addFigures,
  amountOf,
  type BudgetDelta,
  budgetDeltas,
  budgetFigures,
  visibleFigures,
  walletDeltas,
  walletFigures,
} from "#shared/domain/wallets/ledger";
import type { WalletTransaction } from "#shared/domain/wallets/transaction";
import type { CommitContext } from "#shared/ports/changes";
import type { Condition, Item, Key, Operation } from "#shared/table/engine";
import { entityItem, entityKey } from "#shared/table/entity";
import { itemKey, storedItem } from "#shared/table/item";
import { declarations, items } from "#shared/table/items/index";
import { planAudit } from "./audit.ts";
import { unsentItem } from "./outbox.ts";

/** @throws Error when the change writes what the action did not declare: a defect, caught before anything is written. */
export function planChange(change: Change, context: CommitContext): Operation[] {
  refuseUndeclared(change, context);
  const journals = change.journals ?? [];
  const movements = movementsOf(journals);
  const written = new Set(change.entities.map(({ entity, next }) => next && nameOf(entityKey(entity, next))));
  const planned = [
    ...change.entities.flatMap((entry) => planEntity(entry, movements)),
    ...journals.flatMap((journal) => planJournal(journal)),
    ...movements.filter(({ key }) => !written.has(nameOf(key))).map((movement) => addition(movement, context.now)),
    ...(change.events ?? []).map((event) => planEvent({ ...event, id: context.newId("event") }, context)),
    ...(change.audit ? [planAudit(change.audit, context)] : []),
  ];
  return mergeRequirements(planned, change.requires ?? []);
}

function refuseUndeclared({ entities, journals = [] }: Change, { writes }: CommitContext): void {
  const written: Committable[] = [
    ...entities.map(({ entity }) => entity),
    ...(journals.length > 0 ? ["journal" as const] : []),
  ];
  const undeclared = written.filter((kind) => !writes.has(kind));
  if (undeclared.length > 0) throw new OwnError(`the action did not declare that it writes: ${undeclared.join(", ")}`);
}

function planEntity({ entity, was, next }: EntityChange, movements: readonly Movement[]): Operation[] {
  const counters = entity === "notification" ? planUnread(was, next) : [];
  if (next === undefined) {
    if (was === undefined) throw new OwnError(`an empty change of ${entity}`);
    const key = entityKey(entity, was);
    return [{ kind: "remove", key, when: atVersion(was) }];
  }
  refuseMisfits(entity, was, next);
  const item = entityItem(entity, next);
  const when: Condition = was === undefined ? { absent: true } : atVersion(was);
  return [{ kind: "put", item: { ...item, ...movedFigures(item, movements) }, when }, ...counters];
}

/** What money moves within a thing that the same change writes anyway, under its version: one write an item. */
function movedFigures(item: Item & Key, movements: readonly Movement[]): Readonly<Record<string, number>> {
  const movement = movements.find(({ key }) => sameItem(key, item));
  if (movement === undefined) return {};
  const figures = Object.entries(movement.figures).map(
    ([figure, amount]) => [figure, Number(item[figure]) + amount] as const,
  );
  const wrong = item["currency"] !== movement.currency || figures.some(([, amount]) => amount < 0);
  if (wrong) throw new OwnError(`a movement that ${item.pk} cannot take`);
  return Object.fromEntries(figures);
}

/** @throws Error for what no rule may write: a version that nobody counted, another version of what is written once. */
function refuseMisfits(entity: EntityName, was: EntityChange["was"], next: NonNullable<EntityChange["next"]>): void {
  if (was && declarations[entity].appendOnly) throw new OwnError(`${entity} is written once and never changed`);
  if (was && figuresOf(entity, was) !== figuresOf(entity, next))
    throw new OwnError(`only journals move ${entity} figures`);
  if (next.version !== (was?.version ?? 0) + 1)
    throw new OwnError(`${entity} was not changed by created() or changed()`);
}

/** What journals alone may move. */
const balances: Partial<Readonly<Record<EntityName, readonly string[]>>> = {
  wallet: walletFigures,
  budget: budgetFigures,
};
const figuresOf = (entity: EntityName, thing: object): string =>
  JSON.stringify(
    Object.entries(thing)
      .filter(([name]) => balances[entity]?.includes(name))
      .sort(),
  );

const atVersion = ({ version }: { readonly version: number }): Condition => ({ equals: { version } });

function planUnread(was: EntityChange["was"], next: EntityChange["next"]): Operation[] {
  const unread = (entity: EntityChange["next"]): number =>
    entity && "readAt" in entity && entity.readAt === null ? 1 : 0;
  const delta = unread(next) - unread(was);
  const owner = next && "userId" in next ? next.userId : undefined;
  if (delta === 0 || owner === undefined) return [];
  const operation: Operation = {
    kind: "add",
    key: itemKey(items.unreadCount, { userId: owner }),
    add: { unread: delta },
    when: { any: true },
  };
  return [operation];
}

const isVisible = (type: Journal["type"]): type is TransactionType => TransactionTypes.safeParse(type).success;

function planJournal(journal: Journal): Operation[] {
  const item = storedItem(items.journal, journal);
  const rows = [...walletDeltas(journal.entries)].flatMap(([userId, delta]): Operation[] => {
    if (!isVisible(journal.type)) return [];
    const effects = visibleFigures(delta);
    const row: WalletTransaction = {
      id: journal.id,
      userId,
      type: journal.type,
      amount: { amount: amountOf(effects), currency: journal.currency },
      effects,
      status: "completed",
      referenceId: journal.referenceId,
      description: journal.description,
      createdAt: journal.at,
    };
    const put = storedItem(items.walletTransaction, row);
    return [{ kind: "put", item: put, when: { absent: true } }];
  });
  return [{ kind: "put", item, when: { absent: true } }, ...rows];
}

/** What a change does to one wallet or budget, however many journals touch it. */
interface Movement {
  readonly key: Key;
  readonly currency: string;
  /** Signed minor units, by figure. */
  readonly figures: Readonly<Record<string, number>>;
}

function movementsOf(journals: readonly Journal[]): Movement[] {
  const currency = journals[0]?.currency;
  if (currency === undefined) return [];
  if (journals.some((journal) => journal.currency !== currency)) throw new OwnError("a change in two currencies");
  const wallets = [...walletDeltas(journals.flatMap(({ entries }) => entries))].map(([userId, delta]) => ({
    key: itemKey(items.wallet, { userId }),
    figures: moved(walletFigures.map((figure) => [figure, delta[figure]])),
  }));
  const budgets = new Map<string, BudgetDelta>();
  for (const [campaignId, delta] of journals.flatMap((journal) => [...budgetDeltas(journal)])) {
    const sum = budgets.get(campaignId);
    budgets.set(campaignId, sum ? addFigures(sum, delta) : delta);
  }
  const additions = [...budgets].map(([campaignId, delta]) => ({
    key: itemKey(items.budget, { campaignId }),
    figures: moved(budgetFigures.map((figure) => [figure, delta[figure]])),
  }));
  return [...wallets, ...additions]
    .filter(({ figures }) => Object.keys(figures).length > 0)
    .map((movement) => ({ ...movement, currency }));
}

const moved = (figures: readonly (readonly [string, number])[]): Record<string, number> =>
  Object.fromEntries(figures.filter(([, amount]) => amount !== 0));

/** One bounded addition: no figure goes below zero. */
function addition({ key, figures, currency }: Movement, now: string): Operation {
  const taken = Object.entries(figures).filter(([, amount]) => amount < 0);
  return {
    kind: "add",
    key,
    add: { ...figures, version: 1 },
    set: { updatedAt: now },
    when: { equals: { currency }, atLeast: Object.fromEntries(taken.map(([figure, amount]) => [figure, -amount])) },
  };
}

function planEvent(event: { readonly id: string } & Record<string, unknown>, context: CommitContext): Operation {
  const item = unsentItem({ ...event, at: context.now, requestId: context.requestId });
  return { kind: "put", item, when: { absent: true } };
}

/** A requirement on an item that is written anyway becomes part of that write: DynamoDB allows one operation an item. */
function mergeRequirements(planned: readonly Operation[], requires: readonly Requirement[]): Operation[] {
  const merged = [...planned];
  for (const requirement of requires) {
    const check = planRequirement(requirement);
    const at = merged.findIndex((operation) => sameItem(keyOf(operation), keyOf(check)));
    const present = merged[at];
    if (present === undefined) merged.push(check);
    else merged[at] = withCondition(present, check.when);
  }
  return merged;
}

function planRequirement(requirement: Requirement): Operation {
  if ("activeAccount" in requirement) {
    const key = itemKey(items.account, { id: requirement.activeAccount });
    return { kind: "check", key, when: { equals: { status: "active" } } };
  }
  if ("standing" in requirement) {
    const { id: campaignId, status } = requirement.standing;
    return { kind: "check", key: itemKey(items.budget, { campaignId }), when: { equals: { status } } };
  }
  const key = entityKey(requirement.unchanged, requirement.was);
  return { kind: "check", key, when: atVersion(requirement.was) };
}

export const keyOf = (operation: Operation): Key => (operation.kind === "put" ? operation.item : operation.key);
const nameOf = ({ pk, sk }: Key): string => JSON.stringify([pk, sk]);
const sameItem = (a: Key, b: Key): boolean => a.pk === b.pk && a.sk === b.sk;
const withCondition = <O extends Operation>(operation: O, when: Condition): O => ({
  ...operation,
  when: {
    ...operation.when,
    equals: { ...operation.when.equals, ...when.equals },
    atLeast: { ...operation.when.atLeast, ...when.atLeast },
  },
});
