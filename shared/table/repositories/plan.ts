/** A change as operations on the table. Pure; `changes.ts` sends them. */
import { OwnError } from "#shared/domain/kernel/own-error";
import type { Change, EntityChange, Requirement } from "#shared/domain/change";
import type { Committable, EntityName } from "#shared/domain/entities";
import { budgetFigures, walletFigures } from "#shared/domain/ledger/figures";
import type { DecidedEntry, JournalEntry } from "#shared/domain/ledger/journal-entry";
import type { Notification } from "#shared/domain/notifications/notification";
import type { CommitContext } from "#shared/ports/changes";
import type { Condition, Key, Operation } from "#shared/table/engine";
import { entityItem, entityKey } from "#shared/table/entity";
import { itemKey } from "#shared/table/item";
import { declarations, items } from "#shared/table/items/index";
import { planAudit } from "./audit.ts";
import { unsentItem } from "./outbox.ts";
import { planDirectory } from "./plan-directory.ts";
import { planIndex } from "./plan-index.ts";
import { planTallies } from "./plan-tallies.ts";
import { addition, isSameItem, type Movement, movedFigures, movementsOf, planEntry } from "./plan-entries.ts";

/** @throws Error when the change writes what the action did not declare: a defect, caught before anything is written. */
export function planChange(change: Change, context: CommitContext): Operation[] {
  refuseUndeclared(change, context);
  const commitId = context.newId("commit");
  const entries = postedEntries(change.entries ?? [], commitId, context);
  // What moves money leaves an audit row of the same write: the auditor looks for it under the commit's id.
  if (entries.length > 0 && change.audit === undefined) throw new OwnError("money moves without an audit note");
  const movements = movementsOf(entries, commitId);
  const written = new Set(change.entities.map(({ entity, next }) => next && nameOf(entityKey(entity, next))));
  const planned = [
    ...change.entities.flatMap((entry) => planEntity(entry, movements)),
    ...entries.flatMap(planEntry),
    ...planUnread(change.entities),
    ...planTallies(change.entities),
    ...(change.index ? planIndex(change.index) : []),
    ...movements.filter(({ key }) => !written.has(nameOf(key))).map((movement) => addition(movement, context.now)),
    ...(change.events ?? []).map((event) => planEvent({ ...event, id: context.newId("event") }, context)),
    ...(change.audit ? [planAudit(change.audit, commitId, context)] : []),
  ];
  return mergeRequirements(planned, change.requires ?? []);
}

/** Decided entries as they are written, each with how many others are. */
function postedEntries(decided: readonly DecidedEntry[], commitId: string, { now }: CommitContext): JournalEntry[] {
  const companions = decided.length - 1;
  return decided.map((entry) => ({ ...entry, postedAt: now, commitId, ...(companions > 0 && { companions }) }));
}

function refuseUndeclared({ entities, entries = [] }: Change, { writes }: CommitContext): void {
  const written: Committable[] = [
    ...entities.map(({ entity }) => entity),
    ...(entries.length > 0 ? ["journalEntry" as const] : []),
  ];
  const undeclared = written.filter((kind) => !writes.has(kind));
  if (undeclared.length > 0) throw new OwnError(`the action did not declare that it writes: ${undeclared.join(", ")}`);
}

function planEntity({ entity, was, next }: EntityChange, movements: readonly Movement[]): Operation[] {
  const lines = entity === "account" ? planDirectory(was, next) : [];
  if (next === undefined) {
    if (was === undefined) throw new OwnError(`an empty change of ${entity}`);
    const key = entityKey(entity, was);
    return [{ kind: "remove", key, when: stillAs(entity, was) }];
  }
  refuseMisfits(entity, was, next);
  const item = entityItem(entity, next);
  const when: Condition = was === undefined ? { absent: true } : stillAs(entity, was);
  return [{ kind: "put", item: { ...item, ...movedFigures(item, movements) }, when }, ...lines];
}

/** @throws Error for what no rule may write: a version that nobody counted, another version of what is written once. */
function refuseMisfits(entity: EntityName, was: EntityChange["was"], next: NonNullable<EntityChange["next"]>): void {
  if (was && declarations[entity].appendOnly) throw new OwnError(`${entity} is written once and never changed`);
  if (was && figuresOf(entity, was) !== figuresOf(entity, next))
    throw new OwnError(`only journal entries move ${entity} figures`);
  if (next.version !== (was?.version ?? 0) + 1)
    throw new OwnError(`${entity} was not changed by created() or changed()`);
}

/** What journal entries alone may move, and what counts them. */
const counted = ["commits", "lastCommitId"];
const balances: Partial<Readonly<Record<EntityName, readonly string[]>>> = {
  wallet: [...walletFigures, ...counted],
  budget: [...budgetFigures, ...counted],
};
const figuresOf = (entity: EntityName, thing: object): string =>
  JSON.stringify(
    Object.entries(thing)
      .filter(([name]) => balances[entity]?.includes(name))
      .sort(),
  );

/** At the version that it was read at, and not another thing that was made under its key since. */
function stillAs(entity: EntityName, was: NonNullable<EntityChange["was"]>): Condition {
  const { toldApartBy } = declarations[entity];
  const { version } = was;
  return { equals: { version, ...(toldApartBy && { [toldApartBy]: Reflect.get(was, toldApartBy) as string }) } };
}

/** What notifications do to their owners' numbers of unread ones: one addition for each person. */
function planUnread(entities: readonly EntityChange[]): Operation[] {
  const deltas = new Map<string, number>();
  for (const one of entities) {
    if (one.entity !== "notification" || one.next === undefined) continue;
    const { userId } = one.next;
    deltas.set(userId, (deltas.get(userId) ?? 0) + unreadIn(one.next) - unreadIn(one.was));
  }
  return [...deltas]
    .filter(([, unread]) => unread !== 0)
    .map(([userId, unread]) => ({
      kind: "add",
      key: itemKey(items.unreadCount, { userId }),
      add: { unread },
      when: { any: true },
    }));
}
const unreadIn = (notification: Notification | undefined): number => (notification?.readAt === null ? 1 : 0);

function planEvent(event: { readonly id: string } & Record<string, unknown>, context: CommitContext): Operation {
  const item = unsentItem({ ...event, at: context.now, requestId: context.requestId });
  return { kind: "put", item, when: { absent: true } };
}

/** A requirement on an item that is written anyway becomes part of that write: DynamoDB allows one operation an item. */
function mergeRequirements(planned: readonly Operation[], requires: readonly Requirement[]): Operation[] {
  const merged = [...planned];
  for (const requirement of requires) {
    const check = planRequirement(requirement);
    const at = merged.findIndex((operation) => isSameItem(keyOf(operation), keyOf(check)));
    const present = merged[at];
    if (present === undefined) merged.push(check);
    else merged[at] = withCondition(present, check.when);
  }
  return merged;
}

function planRequirement(requirement: Requirement): Operation {
  if ("activeAccount" in requirement) {
    const key = itemKey(items.account, { id: requirement.activeAccount });
    return { kind: "check", key, when: { equals: { status: "active" }, includes: { roles: requirement.roles } } };
  }
  if ("validApiKey" in requirement) {
    const key = itemKey(items.apiKey, { id: requirement.validApiKey });
    // That it is there: a key that is revoked is not there any more.
    return { kind: "check", key, when: {} };
  }
  if ("standing" in requirement) {
    const { id: campaignId, status } = requirement.standing;
    return { kind: "check", key: itemKey(items.budget, { campaignId }), when: { equals: { status } } };
  }
  if ("owner" in requirement) {
    const { userId, ownerStatus } = requirement.owner;
    return { kind: "check", key: itemKey(items.wallet, { userId }), when: { equals: { ownerStatus } } };
  }
  if ("balances" in requirement) {
    const { userId, ...figures } = requirement.balances;
    return { kind: "check", key: itemKey(items.wallet, { userId }), when: { equals: figures } };
  }
  const key = entityKey(requirement.unchanged, requirement.was);
  return { kind: "check", key, when: stillAs(requirement.unchanged, requirement.was) };
}

export const keyOf = (operation: Operation): Key => (operation.kind === "put" ? operation.item : operation.key);
const nameOf = ({ pk, sk }: Key): string => JSON.stringify([pk, sk]);
const withCondition = <O extends Operation>(operation: O, when: Condition): O => ({
  ...operation,
  when: {
    ...operation.when,
    equals: { ...operation.when.equals, ...when.equals },
    atLeast: { ...operation.when.atLeast, ...when.atLeast },
    includes: withEach(operation.when.includes, when.includes),
  },
});

/** What either asks for: of one list, too, as of the roles of whoever acts and of whom it is done for, where they are one. */
function withEach(...asked: readonly Condition["includes"][]): NonNullable<Condition["includes"]> {
  const all = asked.flatMap((one) => Object.entries(one ?? {}));
  const byList = Map.groupBy(all, ([list]) => list);
  return Object.fromEntries(
    [...byList].map(([list, values]) => [list, [...new Set(values.flatMap(([, some]) => some))]]),
  );
}
