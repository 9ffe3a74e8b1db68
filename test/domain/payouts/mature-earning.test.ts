import { expect, test } from "@jest/globals";
import { systemActor } from "#shared/domain/kernel/actor";
import { accountName } from "#shared/domain/ledger/account";
import { matureEarning } from "#shared/domain/payouts/mature-earning";
import { CREATOR_ID, EARNING_ID } from "../../support/builders.ts";
import { anEarning, aWallet } from "../../support/money-builders.ts";
import { sequentialIds } from "../../support/stage.ts";

const now = "2026-11-25T12:00:00.000Z";
const wallet = aWallet({ userId: CREATOR_ID, pending: 10_000 });
const held = anEarning({ status: "pending", availableAt: now });
const mature = (earning = held, of = wallet) =>
  matureEarning(earning, of, { actor: systemActor("release-earnings"), now, newId: sequentialIds() });

test("an earning whose hold is over can be paid out, once for ever", () => {
  const change = mature();
  const [entry] = change?.entries ?? [];
  expect(entry).toMatchObject({ key: `maturity:${EARNING_ID}`, type: "maturity" });
  expect(entry?.lines.map(({ account, amount }) => [accountName(account), amount])).toEqual([
    [`wallet:${CREATOR_ID}:pending`, -10_000],
    [`wallet:${CREATOR_ID}:payable`, 10_000],
  ]);
  expect(change?.requires).toEqual([{ owner: { userId: CREATOR_ID, ownerStatus: "active" } }]);
  expect(change?.events?.map(({ type }) => type)).toEqual(["earning.available"]);
});

test.each([
  ["before its time", anEarning({ status: "pending", availableAt: "2026-11-25T12:00:00.001Z" }), wallet],
  ["once it is available", anEarning({ status: "available" }), wallet],
  ["while its creator is suspended", held, aWallet({ userId: CREATOR_ID, ownerStatus: "suspended" })],
])("nothing happens %s", (_when, earning, of) => {
  expect(mature(earning, of)).toBeUndefined();
});
