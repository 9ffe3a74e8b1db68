/**
 * What every function may do in the table, as IAM would decide it, key by key, is what its contract uses: nothing more and
 * nothing less.
 *
 * IAM cannot tell a new item from one that is there: among its condition keys for DynamoDB (Attributes, EnclosingOperation,
 * FullTableScan, LeadingKeys, ReturnConsumedCapacity, ReturnValues, Select) none looks at what is stored, so `PutItem` is
 * also the right to replace. That nothing is replaced that is written once, the condition of each put sees to
 * (`absent` in shared/table/repositories/plan.ts). Source: Service Authorization Reference, "Amazon DynamoDB".
 */
import { expect, test } from "@jest/globals";
import { capabilitiesOn } from "#infra/capabilities";
import { type Action, actions, actionsWith } from "#shared/contracts/index";
import { touchedBy } from "#shared/ports/touched";
import { type AnyDeclaration, isOf, type ListingDeclaration, listing, spreadListing } from "#shared/table/item";
import { declarations, listingNamed, type StoredKind } from "#shared/table/items/index";
import { schema } from "#shared/table/schema";
import { decisionOf, type TableRequest } from "../policy.ts";
import { functionsOf, ofType, type StageUnderTest, type Statement, statementsOf } from "./stage.ts";

const itemActions = ["GetItem", "BatchGetItem", "Query", "PutItem", "UpdateItem", "DeleteItem", "ConditionCheckItem"];
const wholeActions = ["Scan", "BatchWriteItem", "PartiQLSelect", "PartiQLInsert", "PartiQLUpdate", "PartiQLDelete"];
const kinds = Object.keys(declarations) as StoredKind[];
const listings = kinds.flatMap((kind) =>
  Object.entries(declarations[kind].listings ?? {}).map(([name, place]) => [`${kind}.${name}`, place] as const),
);
const places: readonly (AnyDeclaration | ListingDeclaration)[] = [
  ...Object.values(declarations),
  ...listings.map(([, place]) => place),
];

/** Ids as bad as they come; what they are encoded to must open nothing else. */
const ids = ["x", "#", "*", "a#b", "WALLET#x", "../", "ü"];
type Place = Pick<AnyDeclaration, "prefix" | "partition"> & { readonly spread?: number };
const spelledKeys = new Map<Place, string[]>();

function spell(place: Place): string[] {
  const keys = ids.flatMap((id) => {
    const resource = { type: id, id };
    const thing = new Proxy({}, { get: (_, name) => (name === "resource" ? resource : id) });
    const parts =
      place.spread === undefined
        ? [listing(place as never, thing as never)]
        : spreadListing(place as never, thing as never);
    return parts.map(({ partition }) => partition);
  });
  spelledKeys.set(place, keys);
  return keys;
}

/** Partition keys of a kind or listing, as the table's own code spells them: the same for every function and action. */
const keysOf = (place: Place): string[] => spelledKeys.get(place) ?? spell(place);
/** Keys that are no kind's and no listing's, though they look like it. */
const strangers = places
  .flatMap(({ prefix }) => [
    prefix,
    `${prefix}S#x`,
    `${prefix}_OF_X#x`,
    `${prefix}%23x`,
    `X${prefix}#x`,
    ` ${prefix}#x`,
    `${prefix.toLowerCase()}#x`,
    prefix.slice(0, -1),
  ])
  .filter((pk) => !places.some((place) => isOf(place, { pk })));

/** What one function may do, and what its contract says it may. */
interface Rights {
  readonly name: string;
  readonly may: (request: TableRequest) => boolean;
  readonly said: (action: string, kind: StoredKind) => boolean;
  readonly lists: readonly string[];
  readonly gets: readonly StoredKind[];
}

function rightsOf(stage: StageUnderTest, { kebabName, contract }: Action): Rights {
  const lambda = functionsOf(stage).get(kebabName);
  if (!lambda) throw new Error(`no function ${kebabName}`);
  const statements = statementsOf(stage, lambda.stack, String(lambda.Properties.Role["Fn::GetAtt"][0]));
  const { gets, queries, lists, writes, removes, adds, checks } = touchedBy(capabilitiesOn(stage, contract));
  const said: Readonly<Record<string, readonly StoredKind[]>> = {
    GetItem: gets,
    BatchGetItem: gets,
    Query: queries,
    PutItem: writes,
    UpdateItem: adds,
    DeleteItem: removes,
    ConditionCheckItem: checks,
  };
  return {
    name: kebabName,
    may: decisionOf(statements),
    said: (action, kind) => (said[action] ?? []).includes(kind),
    lists,
    gets,
  };
}

/** Names of what may be done although it was not said, and of what may not be done although it was. */
const differences = (cases: readonly (readonly [what: string, may: boolean, said: boolean])[]): string[] =>
  cases.flatMap(([what, may, said]) => (may === said ? [] : [`${may ? "may" : "may not"} ${what}`]));

export function promisePermissions(stage: StageUnderTest): void {
  let rights: readonly Rights[] | undefined;
  const all = () => (rights ??= actionsWith(stage).map((action) => rightsOf(stage, action)));
  /** Functions that may do something with items of a kind. */
  const whoMay = (action: string, kind: StoredKind): string[] =>
    all()
      .filter(({ may }) => keysOf(declarations[kind]).some((key) => may({ action, leadingKeys: [key] })))
      .map(({ name }) => name)
      .sort();

  test("opens items of each kind to whom the contracts say, and to nobody else", () => {
    for (const { name, may, said } of all()) {
      const cases = itemActions.flatMap((action) =>
        kinds.flatMap((kind) =>
          keysOf(declarations[kind]).map(
            (key) => [`${action} ${key}`, may({ action, leadingKeys: [key] }), said(action, kind)] as const,
          ),
        ),
      );
      expect([name, differences(cases)]).toEqual([name, []]);
    }
  });

  test("opens each listing, by its own index, to whom the contracts say, and to nobody else", () => {
    const indexes = Object.values(schema.indexes).map(({ name }) => name);
    for (const { name, may, lists } of all()) {
      const cases = listings.flatMap(([list, place]) =>
        [undefined, ...indexes].flatMap((index) =>
          itemActions.flatMap((action) =>
            keysOf(place).map((key) => {
              const request = { action, leadingKeys: [key], ...(index !== undefined && { index }) };
              const said = action === "Query" && index === schema.indexes[place.index].name && lists.includes(list);
              return [`${action} ${key} by ${index ?? "the table"}`, may(request), said] as const;
            }),
          ),
        ),
      );
      expect([name, differences(cases)]).toEqual([name, []]);
      expect(
        lists.every((list) => listings.some(([one, place]) => one === list && place === listingNamed(list as never))),
      ).toBe(true);
    }
  });

  test("opens nothing to a key that only looks like one, to one beside an opened one, or to no key", () => {
    expect(strangers.length).toBeGreaterThan(100);
    for (const { name, may, gets } of all()) {
      const open = gets.flatMap((kind) => keysOf(declarations[kind]));
      const requests = itemActions.flatMap((action): TableRequest[] => [
        { action, leadingKeys: [] },
        ...strangers.map((key) => ({ action, leadingKeys: [key] })),
        ...strangers.map((key) => ({ action, leadingKeys: [...open, key] })),
      ]);
      const whole = wholeActions.flatMap((action): TableRequest[] => [
        { action, leadingKeys: [] },
        ...open.map((key) => ({ action, leadingKeys: [key] })),
      ]);
      const done = [...requests, ...whole].filter(may);
      expect([name, done.map(({ action, leadingKeys }) => [action, leadingKeys.at(-1)])]).toEqual([name, []]);
      if (open.length > 0) expect([name, may({ action: "BatchGetItem", leadingKeys: open })]).toEqual([name, true]);
    }
  });

  test("lets whoever marks a notification read touch no wallet, in any way", () => {
    const action = actions.find(({ name }) => name === "markNotificationRead");
    if (!action) throw new Error("no such action");
    const { may } = rightsOf(stage, action);
    const wallet = declarations.wallet;
    const keys = [wallet, ...Object.values(wallet.listings ?? {})].flatMap(keysOf);
    const indexes = [{}, ...Object.values(schema.indexes).map(({ name }) => ({ index: name }))];
    const done = [...itemActions, ...wholeActions].flatMap((verb) =>
      keys.flatMap((key) => indexes.filter((index) => may({ action: verb, leadingKeys: [key], ...index }))),
    );
    expect(done).toEqual([]);
    expect(may({ action: "PutItem", leadingKeys: keysOf(declarations.notification).slice(0, 1) })).toBe(true);
  });

  test.each(["journalEntry", "auditEntry", "review", "walletTransaction"] as const)(
    "lets nobody change or delete a %s: it is put, and that is all",
    (kind) => {
      expect(whoMay("PutItem", kind)).not.toEqual([]);
      expect([whoMay("UpdateItem", kind), whoMay("DeleteItem", kind)]).toEqual([[], []]);
    },
  );

  test("lets only those write an account whose matter it is", () => {
    expect(whoMay("PutItem", "account")).toEqual(
      "ban-user follow-address-ban name-roles open-account set-user-roles sync-user-groups unban-user update-me".split(
        " ",
      ),
    );
    expect([whoMay("UpdateItem", "account"), whoMay("DeleteItem", "account")]).toEqual([[], []]);
  });

  test("gives rights on items to actions alone, and denies nothing that it would have to take back", () => {
    const roles = new Set(
      [...functionsOf(stage).values()].map(({ stack, Properties }) => `${stack} ${Properties.Role["Fn::GetAtt"]?.[0]}`),
    );
    for (const { stack, id, Properties } of ofType(stage, "AWS::IAM::Policy")) {
      const statements = Properties.PolicyDocument.Statement as Statement[];
      expect([id, statements.filter(({ Effect }) => Effect !== "Allow")]).toEqual([id, []]);
      const may = decisionOf(statements);
      const touches = places.some((place) =>
        itemActions.some((action) => may({ action, leadingKeys: keysOf(place).slice(0, 1) })),
      );
      const owners = (Properties.Roles as { Ref: string }[]).map(({ Ref }) => `${stack} ${Ref}`);
      if (touches) expect([id, owners.every((owner) => roles.has(owner))]).toEqual([id, true]);
    }
  });
}
