/**
 * What the runtime refuses on every route alike is refused on every route that documents it, by the whole pipeline: who calls,
 * what is sent, with which key.
 */
import { expect, test } from "@jest/globals";
import { refusalsOf } from "#shared/contracts/implied";
import { Role } from "#shared/domain/kernel/actor";
import { accessRefusals, idempotencyRefusals, requestRefusals } from "#shared/domain/kernel/refusals";
import type { RefusalCode } from "#shared/domain/kernel/refusal";
import { anAccount } from "../support/builders.ts";
import { peopled } from "../support/launched.ts";
import { type Asked, everyRoute, issuer, wholeApi } from "../support/whole-api.ts";

const roles = Role.options;
const [EVERYTHING, SUSPENDED, NOBODY] = [1, 2, 3].map((at) => `00000000-0000-4000-8000-00000000ff0${at}`) as [
  string, string, string,
]; // prettier-ignore
const as = (userId: string, held: readonly Role[] = roles) => `Bearer ${issuer.sign(userId, held)}`;
const theirs = { authorization: as(EVERYTHING), key: "k" };

/** What brings each about, whatever the route. */
const brings: Readonly<Record<string, Asked>> = {
  [accessRefusals.unauthenticated.code]: { key: "k" },
  [accessRefusals.roleNotAllowed.code]: { authorization: as(EVERYTHING, []), key: "k" },
  [accessRefusals.suspended.code]: { authorization: as(SUSPENDED), key: "k" },
  [accessRefusals.noAccount.code]: { authorization: as(NOBODY), key: "k" },
  [accessRefusals.unknownKey.code]: { apiKey: "aik_none", key: "k" },
  [requestRefusals.invalid.code]: { ...theirs, query: { isNoneOfIt: "x" } },
  [requestRefusals.malformedBody.code]: { ...theirs, raw: "{" },
  [requestRefusals.notJson.code]: { ...theirs, raw: "{}", contentType: "text/plain" },
  [requestRefusals.bodyTooLarge.code]: { ...theirs, raw: JSON.stringify("x".repeat(300_000)) },
  [requestRefusals.cursorInvalid.code]: { ...theirs, query: { cursor: "none" } },
  [idempotencyRefusals.keyMissing.code]: { authorization: as(EVERYTHING) },
  [idempotencyRefusals.keyInvalid.code]: { authorization: as(EVERYTHING), key: "two words" },
};
/**
 * A key is looked at when the body is as it must be, which no two routes have alike: of the one middleware that does, and of what
 * only faults bring about, the tests of the runtime are sure.
 */
const isHere = ({ code, kind }: RefusalCode, takesBody: boolean): boolean =>
  code in brings && kind !== "conflict" && !(takesBody && code.startsWith("idempotency."));

test("every route refuses alike what it says that it does", async () => {
  const stage = await peopled();
  for (const [id, status] of [
    [EVERYTHING, "active"],
    [SUSPENDED, "suspended"],
  ] as const)
    await stage.given("account", anAccount({ id, email: `${id}@example.com`, roles: [...roles], status }));
  const ask = await wholeApi(stage);
  const before = stage.stored("auditEntry");
  const otherwise: unknown[] = [];
  let asked = 0;
  for (const route of await everyRoute)
    for (const refusal of refusalsOf(route.contract)) {
      if (!isHere(refusal, route.contract.body !== undefined)) continue;
      const { code } = refusal;
      asked += 1;
      const { status, body } = await ask(route, brings[code] ?? {});
      if (body["code"] !== code) otherwise.push([route.name, code, status, body["code"], body["detail"]]);
    }
  expect(otherwise).toEqual([]);
  expect(asked).toBeGreaterThan(700);
  expect(stage.stored("auditEntry")).toEqual(before);
}, 120_000);
