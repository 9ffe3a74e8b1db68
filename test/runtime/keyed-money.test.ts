/** An Idempotency-Key and every command that moves money: one effect, and the same bytes to whoever asks again, for ever. */
import { describe, expect, test } from "@jest/globals";
import * as z from "zod";
import { actions } from "#shared/contracts/index";
import { takesDryRun, takesKeys } from "#shared/contracts/implied";
import { JournalEntry } from "#shared/domain/ledger/journal-entry";
import { chargingStage, type MoneyCommand, moneyCommands } from "../support/money-commands.ts";
import { effectsIn, expire, moneyApi, type Reply, type Request } from "../support/money-api.ts";
import type { TestStage } from "../support/stage.ts";

const TIMES = 100;
const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
const routeOf = ({ action }: MoneyCommand) => action.contract.route;
const cases = moneyCommands.map((command) => [routeOf(command), command] as const);

test("every command that moves money is here: a new one needs a row", () => {
  const routes = actions.map(({ contract }) => contract).filter(takesDryRun);
  expect(moneyCommands.map(routeOf).sort()).toEqual(routes.map(({ route }) => route).sort());
});

/** The command where it can be given, and what is stored before. */
async function readied({ action, ready }: MoneyCommand) {
  const stage = await chargingStage();
  const { other, ...request } = await ready(stage);
  const api = await moneyApi(stage);
  const key = takesKeys(action.contract) ? "k" : undefined;
  const send = (parts: Partial<Request> = {}) => api.send(action, { ...request, ...parts }, key);
  return { stage, api, request, other, send, before: entryKeys(stage) };
}

const entryKeys = (stage: TestStage): string[] =>
  stage.stored("journalEntry").map((row) => JournalEntry.parse(row).key);
const pass = (stage: TestStage, ms: number): void => {
  stage.clock.now = new Date(Date.parse(stage.clock.now) + ms).toISOString();
};
/** How many there are of each kind of thing: what an effect is, whatever its ids. */
function counted(stage: TestStage): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { pk, sk } of effectsIn(stage)) {
    const kind = [pk, sk].map((name) => /^[A-Za-z_]*/.exec(String(name))?.[0]).join(" ");
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}
const bytesOf = ({ status, text }: Reply) => [status, text];
const isBusy = ({ status, body }: Reply): boolean => status === 409 && body["code"] === "idempotency.in_progress";

/** Everybody at once; whoever comes while the first is worked on is asked to come again, and does. */
async function allAtOnce(send: () => Promise<Reply>): Promise<Reply[]> {
  const first = await Promise.all(Array.from({ length: TIMES }, () => send()));
  for (const { headers } of first.filter(isBusy)) expect(headers["Retry-After"]).toBe("1");
  return Promise.all(first.map((reply) => (isBusy(reply) ? send() : Promise.resolve(reply))));
}

describe.each(cases)("%s", (_route, command) => {
  const replays = takesKeys(command.action.contract);
  const expectReplay = ({ headers }: Reply) =>
    expect(headers["Idempotency-Replayed"]).toBe(replays ? "true" : undefined);

  test("100 times one after another, with another body, after ten minutes, a day and thirty days: one effect", async () => {
    const { stage, other, send, before } = await readied(command);
    const first = await send();
    expect([first.status < 300, first.headers["Idempotency-Replayed"]]).toEqual([true, undefined]);
    expect(entryKeys(stage).length - before.length).toBe(command.entries);

    const effects = effectsIn(stage);
    for (let time = 1; time < TIMES; time += 1) {
      const again = await send();
      expect(bytesOf(again)).toEqual(bytesOf(first));
      expectReplay(again);
    }
    if (replays) expect(await send(other)).toMatchObject({ status: 422, body: { code: "idempotency.key_reused" } });
    for (const ms of [10 * MINUTE_MS, DAY_MS, 30 * DAY_MS]) {
      pass(stage, ms);
      await expire(stage);
      expect(bytesOf(await send())).toEqual(bytesOf(first));
    }
    expect(effectsIn(stage)).toEqual(effects);
  });

  test("100 times at once: one effect", async () => {
    const [alone, crowd] = [await readied(command), await readied(command)];
    const one = await alone.send();
    const replies = await allAtOnce(() => crowd.send());
    expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
    expect(new Set(replies.map(({ status }) => status))).toEqual(new Set([one.status]));
    expect(counted(crowd.stage)).toEqual(counted(alone.stage));
    expect(entryKeys(crowd.stage).length - crowd.before.length).toBe(command.entries);
    expect(replies.filter(({ headers }) => headers["Idempotency-Replayed"] === "true").length).toBe(
      replays ? TIMES - 1 : 0,
    );
  });
});

test("a later deployment, whose shapes are others, gives the bytes that were sent, and runs nothing", async () => {
  const keyed = moneyCommands.filter(({ action }) => takesKeys(action.contract));
  for (const command of keyed) {
    const { api, request, send } = await readied(command);
    const first = await send();
    const { contract } = command.action;
    const added = { body: z.looseObject({ added: z.string().default("by a later deployment") }) };
    const later = { ...contract, ...(contract.body && added), reply: z.never(), status: 204 } as const;
    const run = () => Promise.reject(new Error("it ran again"));
    const again = await api.send({ contract: later, run }, request, "k");
    expect(bytesOf(again)).toEqual(bytesOf(first));
    expect(again.headers["Idempotency-Replayed"]).toBe("true");
  }
});

test("what needs a key is refused without one, and its record never expires", async () => {
  const required = moneyCommands.filter(({ action }) => action.contract.idempotency === "required");
  for (const command of required) {
    const { stage, api, request, send } = await readied(command);
    expect((await api.send(command.action, request)).body["code"]).toBe("idempotency.key_missing");
    await send();
    const kept = stage.stored("idempotencyRecord");
    expect(kept).toEqual([expect.objectContaining({ state: "completed" })]);
    expect(kept[0]).not.toHaveProperty("expiresAtSeconds");
  }
  expect(required).toHaveLength(13);
});
