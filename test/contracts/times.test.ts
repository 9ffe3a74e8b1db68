/** Who takes something over must know that whoever had it is dead. */
import { expect, test } from "@jest/globals";
import { timeoutSecondsOf } from "#shared/contracts/contract";
import { takesKeys } from "#shared/contracts/implied";
import { actions } from "#shared/contracts/index";
import { LEASE_MS } from "#shared/table/repositories/idempotency";

const keyed = actions.filter(({ contract }) => takesKeys(contract));

test.each(keyed)("$name has ended before another attempt may take its key", ({ contract }) => {
  expect(timeoutSecondsOf(contract) * 1000).toBeLessThan(LEASE_MS);
});
