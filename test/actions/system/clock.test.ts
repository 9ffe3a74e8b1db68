import { beforeEach, expect, test } from "@jest/globals";
import { handler as getClock } from "#lambdas/system/get-clock";
import { handler as moveClock } from "#lambdas/system/move-clock";
import { plusMilliseconds } from "#shared/domain/kernel/time";
import { ADMIN_ID, anAccount } from "../../support/builders.ts";
import { admin, testStage, type TestStage } from "../../support/stage.ts";

let stage: TestStage;
beforeEach(async () => {
  stage = testStage();
  await stage.given("account", anAccount({ id: ADMIN_ID, roles: ["admin"] }));
});
const to = (offsetSeconds: number) => ({ actor: admin(), body: { offsetSeconds } });

test("an admin moves the clock forward and reads it; what they are told is by the machine's clock", async () => {
  const receivedAt = plusMilliseconds(stage.clock.now, -1_000);
  const face = { now: plusMilliseconds(receivedAt, 60_000), offsetSeconds: 60 };
  expect(await stage.run(moveClock, { ...to(60), receivedAt })).toEqual(face);
  expect(await stage.run(getClock, { actor: admin(), receivedAt })).toEqual(face);
  expect(stage.stored("testClock")).toMatchObject([{ offsetSeconds: 60, version: 1 }]);
});

test("of those who move it at once each is answered by where it then is, and it never goes back", async () => {
  const offsets = [500, 100, 300, 200, 400];
  const outcomes = await Promise.allSettled(offsets.map((one) => stage.run(moveClock, to(one))));
  for (const [at, outcome] of outcomes.entries())
    if (outcome.status === "fulfilled") expect(outcome.value.offsetSeconds).toBe(offsets[at]);
    else expect(outcome.reason).toMatchObject({ refusal: { code: "clock.not_backwards" } });
  expect(stage.stored("testClock")).toMatchObject([{ offsetSeconds: 500 }]);
});
