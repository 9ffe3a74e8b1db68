/** A consent that is taken back by two at once, the job's runs or a run and whoever let go of it: the second writes nothing. */
import { expect, test } from "@jest/globals";
import { memoryTable } from "#shared/adapters/memory/table";
import { ConditionsFailed } from "#shared/table/engine";
import { itemKey, storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { storedSocialRevocations } from "#shared/table/repositories/social-accounts";
import { aSocialRevocation } from "../support/social-builders.ts";

const was = aSocialRevocation();
const next = { ...was, version: was.version + 1 };
async function given() {
  const table = memoryTable();
  await table.write({ kind: "put", item: storedItem(items.socialRevocation, was), when: { absent: true } });
  return { revocations: storedSocialRevocations(table), left: () => table.get(itemKey(items.socialRevocation, was)) };
}

test("what was put off by another is neither put off nor ended", async () => {
  const { revocations, left } = await given();
  await revocations.keep(was, next);
  await expect(revocations.keep(was, next)).rejects.toThrow(ConditionsFailed);
  await expect(revocations.end(was)).rejects.toThrow(ConditionsFailed);
  expect(await left()).toMatchObject({ version: next.version });
});

test("what was ended by another does not come back", async () => {
  const { revocations, left } = await given();
  await revocations.end(was);
  await expect(revocations.keep(was, next)).rejects.toThrow(ConditionsFailed);
  expect(await left()).toBeUndefined();
});
