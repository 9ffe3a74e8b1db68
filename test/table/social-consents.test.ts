/** State and code of a consent, taken in one write: each is good for one coming back, whoever is first. */
import { expect, test } from "@jest/globals";
import { memoryTable } from "#shared/adapters/memory/table";
import { storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { storedSocialConsents } from "#shared/table/repositories/social-accounts";
import { at } from "../support/builders.ts";
import { aSocialConsent } from "../support/social-builders.ts";

const code = (digit: number): string => String(digit).repeat(64);

async function given(...consents: ReturnType<typeof aSocialConsent>[]) {
  const table = memoryTable();
  for (const consent of consents)
    await table.write({ kind: "put", item: storedItem(items.socialConsent, consent), when: { absent: true } });
  return storedSocialConsents(table);
}

test("a state that was read by two is taken by the first, whatever code the second has", async () => {
  const consent = aSocialConsent();
  const consents = await given(consent);
  expect(await consents.take(consent, code(1), at)).toBe("taken");
  expect(await consents.take(consent, code(2), at)).toBe("stateUsed");
  expect(await consents.get(consent.digest)).toMatchObject({ spentAt: at, version: 2 });
});

test("a code is taken under one state", async () => {
  const [one, another] = [aSocialConsent(), aSocialConsent({ digest: "1".repeat(64) })];
  const consents = await given(one, another);
  expect(await consents.take(one, code(1), at)).toBe("taken");
  expect(await consents.take(another, code(1), at)).toBe("codeUsed");
});
