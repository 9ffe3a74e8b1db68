/**
 * Every command of money, rehearsed and then given on the same state: what `?dryRun=true` says is what happens, to the entry,
 * the status and the notice, and until then nothing has.
 */
import { expect, test } from "@jest/globals";
import { JournalEntry } from "#shared/domain/ledger/journal-entry";
import { accountName } from "#shared/domain/ledger/account";
import { parseEvent } from "#shared/domain/events/outbox";
import type { Rehearsal } from "#shared/contracts/rehearsal";
import { actions } from "#shared/contracts/index";
import { takesDryRun, takesKeys } from "#shared/contracts/implied";
import type { Item } from "#shared/table/engine";
import { declarations, type StoredKind } from "#shared/table/items/index";
import { isOf } from "#shared/table/item";
import { mailed, notified } from "../actions/notifications/deliveries.ts";
import { chargingStage, type MoneyCommand, moneyCommands } from "../support/money-commands.ts";
import { moneyApi, repeatableIds } from "../support/money-api.ts";
import type { TestStage } from "../support/stage.ts";

const cases = moneyCommands.map((command) => [command.action.contract.route, command] as const);

test("every command that can be rehearsed is here: a new one needs a row", () => {
  const routes = actions.map(({ contract }) => contract).filter(takesDryRun);
  expect(cases.map(([route]) => route).sort()).toEqual(routes.map(({ route }) => route).sort());
});

const nameOf = ({ pk, sk }: Item): string => JSON.stringify([pk, sk]);
const kindOf = (item: Item): StoredKind | undefined =>
  (Object.keys(declarations) as StoredKind[]).find((kind) => isOf(declarations[kind], item));
const statusIn = (item: Item | undefined): unknown => item?.["status"] ?? null;

/** What became of whose status, as the table has it. Copies of a status beside the thing itself are things of their own. */
function statusesChanged(before: readonly Item[], after: readonly Item[]) {
  const was = new Map(before.map((item) => [nameOf(item), item]));
  return after
    .filter((item) => kindOf(item) !== "idempotencyRecord" && kindOf(item) !== "walletTransaction")
    .map((item) => ({ type: kindOf(item), item, before: statusIn(was.get(nameOf(item))), after: statusIn(item) }))
    .filter((one) => one.before !== one.after);
}

function entriesOf(stage: TestStage, known: ReadonlySet<string>) {
  return stage
    .stored("journalEntry")
    .map((row) => JournalEntry.parse(row))
    .filter(({ id }) => !known.has(id))
    .map(({ key, type, currency, description, lines }) => ({
      key,
      type,
      currency,
      description,
      lines: lines.map(({ account, amount }) => ({ account: accountName(account), amount })),
    }));
}

/** Who is told of what was written since, by the consumers themselves. */
async function toldSince(stage: TestStage, before: readonly Item[]): Promise<Record<"inApp" | "mail", string[]>> {
  const known = new Set(before.map(nameOf));
  const events = stage.stored("outboxEvent").filter((item) => !known.has(nameOf(item)));
  for (const event of events.map((item) => parseEvent(item))) {
    await notified(stage, event);
    await mailed(stage, event);
  }
  const notes = stage.stored("notification").filter((item) => !known.has(nameOf(item)));
  return {
    inApp: notes.map((note) => `${String(note["userId"])}: ${String(note["title"])} ${String(note["message"])}`).sort(),
    mail: stage.mailSender.sent.map(({ to, subject }) => `${to}: ${subject}`).sort(),
  };
}

async function given({ action, ready }: MoneyCommand) {
  const stage = await chargingStage();
  const { other: _, ...request } = await ready(stage);
  const api = await moneyApi(stage);
  const key = takesKeys(action.contract) ? "k" : undefined;
  /** With the same ids each time. */
  const send = (query: Readonly<Record<string, string>> = {}) => {
    api.world.newId = repeatableIds();
    return api.send(action, { ...request, query }, key);
  };
  return { stage, send };
}

test.each(cases)("%s", async (_route, command) => {
  const { stage, send } = await given(command);
  const before = stage.table.all();
  const balance = await stage.payments.balance();
  const known = new Set(stage.stored("journalEntry").map(({ id }) => String(id)));

  const rehearsed = await send({ dryRun: "true" });
  expect([rehearsed.status, stage.table.all()]).toEqual([200, before]);
  expect(await stage.payments.balance()).toEqual(balance);
  const said = rehearsed.body as unknown as Rehearsal;

  const done = await send();
  const after = stage.table.all();
  expect([said.status, withoutProcessor(said.reply)]).toEqual([done.status, withoutProcessor(done.body)]);
  expect([...said.entries].sort(byKey)).toEqual(entriesOf(stage, known).sort(byKey));
  expect(said.entries).toHaveLength(command.entries);

  const changes = statusesChanged(before, after);
  const rows = after.filter(
    (item) => kindOf(item) === "auditEntry" && !before.some((one) => nameOf(one) === nameOf(item)),
  );
  const noted = rows.flatMap((row) => (row["changes"] as object[] | undefined) ?? []);
  const ofStatus = said.changes.slice(0, said.changes.length - noted.length);
  expect(ofStatus.map(({ type, before: from, after: to }) => JSON.stringify([type, from, to])).sort()).toEqual(
    changes.map(({ type, before: from, after: to }) => JSON.stringify([type, from, to])).sort(),
  );
  for (const { type, id } of ofStatus)
    expect(changes.filter((one) => one.type === type).flatMap(({ item }) => Object.values(item))).toContain(id);
  expect(said.changes.slice(ofStatus.length)).toEqual(noted.map((one) => expect.objectContaining(one)));

  const told = await toldSince(stage, before);
  const saidTo = (channel: "inApp" | "mail") => said.notifications.filter((one) => one.channel === channel);
  expect(
    saidTo("inApp")
      .map(({ userId, title, message }) => `${userId}: ${title} ${message}`)
      .sort(),
  ).toEqual(told.inApp);
  expect(
    saidTo("mail")
      .map(({ userId, title }) => `${userId}@example.com: ${title}`)
      .sort(),
  ).toEqual(told.mail);
});

const byKey = (one: { readonly key: string }, other: { readonly key: string }): number =>
  one.key < other.key ? -1 : 1;

/** A reply without what only the processor can name. */
function withoutProcessor(reply: unknown): unknown {
  if (typeof reply !== "object" || reply === null) return reply;
  const { paymentIntentId: _intent, clientSecret: _secret, ...rest } = reply as Record<string, unknown>;
  return rest;
}
