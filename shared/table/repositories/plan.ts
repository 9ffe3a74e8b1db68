/** A change as operations on the table. Pure; `changes.ts` sends them. */
import type { Change, EntityChange, Requirement } from "#shared/domain/change";
import type { Committable, EntityName } from "#shared/domain/entities";
import type { Journal, TransactionType } from "#shared/domain/wallets/journal";
import { TransactionType as TransactionTypes } from "#shared/domain/wallets/journal";
import { amountOf, budgetDeltas, visibleFigures, walletDeltas } from "#shared/domain/wallets/ledger";
import type { WalletTransaction } from "#shared/domain/wallets/transaction";
import type { CommitContext } from "#shared/ports/changes";
import type { Condition, Key, Operation } from "#shared/table/engine";
import { entityItem, entityKey } from "#shared/table/entity";
import { itemKey, storedItem } from "#shared/table/item";
import { declarations, items } from "#shared/table/items/index";
import { planAudit } from "./audit.ts";

/** @throws Error when the change writes what the action did not declare: a defect, caught before anything is written. */
export function planChange(change: Change, context: CommitContext): Operation[] {
  refuseUndeclared(change, context);
  const journals = change.journals ?? [];
  const planned = [
    ...change.entities.flatMap((entry) => planEntity(entry)),
    ...journals.flatMap((journal) => planJournal(journal)),
    ...planBalances(journals, context.now),
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
  if (undeclared.length > 0) throw new Error(`the action did not declare that it writes: ${undeclared.join(", ")}`);
}

function planEntity({ entity, was, next }: EntityChange): Operation[] {
  const counters = entity === "notification" ? planUnread(was, next) : [];
  if (next === undefined) {
    if (was === undefined) throw new Error(`an empty change of ${entity}`);
    const key = entityKey(entity, was);
    return [{ kind: "remove", key, when: atVersion(was) }];
  }
  refuseMisfits(entity, was, next);
  const item = entityItem(entity, next);
  const when: Condition = was === undefined ? { absent: true } : atVersion(was);
  return [{ kind: "put", item, when }, ...counters];
}

/** @throws Error for what no rule may write: a version that nobody counted, another version of what is written once. */
function refuseMisfits(entity: EntityName, was: EntityChange["was"], next: NonNullable<EntityChange["next"]>): void {
  if (was && declarations[entity].appendOnly) throw new Error(`${entity} is written once and never changed`);
  if (next.version !== (was?.version ?? 0) + 1) throw new Error(`${entity} was not changed by created() or changed()`);
}

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

/** One bounded addition per wallet and budget, however many journals touch it. No figure goes below zero. */
function planBalances(journals: readonly Journal[], now: string): Operation[] {
  const currency = journals[0]?.currency;
  if (currency === undefined) return [];
  if (journals.some((journal) => journal.currency !== currency)) throw new Error("a change in two currencies");
  const entries = journals.flatMap((journal) => journal.entries);
  const wallets = [...walletDeltas(entries)].map(([userId, delta]): Operation =>
    addition(itemKey(items.wallet, { userId }), { ...delta }, currency, now),
  );
  const budgets = new Map<string, Record<string, number>>();
  for (const [campaignId, delta] of journals.flatMap((journal) => [...budgetDeltas(journal)])) {
    const sum = budgets.get(campaignId) ?? {};
    for (const [figure, amount] of Object.entries(delta)) sum[figure] = (sum[figure] ?? 0) + Number(amount);
    budgets.set(campaignId, sum);
  }
  const additions = [...budgets].map(([campaignId, delta]): Operation =>
    addition(itemKey(items.budget, { campaignId }), delta, currency, now),
  );
  return [...wallets, ...additions];
}

function addition(key: Key, delta: Readonly<Record<string, number>>, currency: string, now: string): Operation {
  const moved = Object.entries(delta).filter(([, amount]) => amount !== 0);
  const atLeast = Object.fromEntries(
    moved.filter(([, amount]) => amount < 0).map(([figure, amount]) => [figure, -amount]),
  );
  return {
    kind: "add",
    key,
    add: { ...Object.fromEntries(moved), version: 1 },
    set: { updatedAt: now },
    when: { equals: { currency }, atLeast },
  };
}

function planEvent(event: { readonly id: string } & Record<string, unknown>, context: CommitContext): Operation {
  const item = storedItem(items.outboxEvent, { ...event, at: context.now, requestId: context.requestId });
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
  const key = entityKey(requirement.unchanged, requirement.was);
  return { kind: "check", key, when: atVersion(requirement.was) };
}

export const keyOf = (operation: Operation): Key => (operation.kind === "put" ? operation.item : operation.key);
const sameItem = (a: Key, b: Key): boolean => a.pk === b.pk && a.sk === b.sk;
const withCondition = <O extends Operation>(operation: O, when: Condition): O => ({
  ...operation,
  when: {
    ...operation.when,
    equals: { ...operation.when.equals, ...when.equals },
    atLeast: { ...operation.when.atLeast, ...when.atLeast },
  },
});
