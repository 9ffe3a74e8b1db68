/** Who takes something over must know that whoever had it is dead. */
import { expect, test } from "@jest/globals";
import { timeoutSecondsOf } from "#shared/contracts/contract";
import { takesKeys } from "#shared/contracts/implied";
import { actions } from "#shared/contracts/index";
import { mailPeople } from "#shared/contracts/notifications";
import { CLAIM_MS } from "#shared/domain/notifications/mail/send-mail";
import { LEASE_MS } from "#shared/table/repositories/idempotency";

const keyed = actions.filter(({ contract }) => takesKeys(contract));

test("a mail's claim outlives who made it, by as much as clocks may differ, and ends before the event comes again", () => {
  const longestMs = timeoutSecondsOf(mailPeople) * 1000;
  // The queue hides what was delivered six times as long as a call may take: test/infra holds it to that.
  const hiddenMs = 6 * longestMs;
  expect(CLAIM_MS - longestMs).toBeGreaterThanOrEqual(10_000);
  expect(hiddenMs - CLAIM_MS).toBeGreaterThanOrEqual(10_000);
});

test.each(keyed)("$name has ended before another attempt may take its key", ({ contract }) => {
  expect(timeoutSecondsOf(contract) * 1000).toBeLessThan(LEASE_MS);
});
