/** Time that passes on the running stage. */
import { expect } from "@jest/globals";
import { lookAtClock, type Person, type Reply } from "./local-stage.ts";
import { processorDoes } from "./money-steps.ts";
import { heard, whole } from "./stage-seals.ts";

export const HOUR_SECONDS = 3_600;
export const DAY_SECONDS = 24 * HOUR_SECONDS;

export const moveClock = (admin: Person, offsetSeconds: number): Promise<Reply> =>
  admin.send("PUT", "/v1/admin/clock", { body: { offsetSeconds } });

/** Lets time pass, here and at the processor. What is still to be sealed or taken in would look as if it were late. */
export async function passes(admin: Person, seconds: number): Promise<void> {
  await heard();
  await whole();
  const { body } = await admin.get("/v1/admin/clock");
  const offsetSeconds = Number(body.offsetSeconds) + seconds;
  expect(await moveClock(admin, offsetSeconds)).toMatchObject({ status: 200, body: { offsetSeconds } });
  await processorDoes("PUT", "/_clock", { offsetSeconds });
  await lookAtClock();
}
