/** What was proven once is held against what is there: some trails are whole in themselves, and not what they were. */
import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as verifyAuditLogs } from "#lambdas/audit/verify-audit-logs";
import { hashOf, headOf } from "#shared/domain/audit/seal";
import { plusDays } from "#shared/domain/kernel/time";
import type { Item, Key } from "#shared/table/engine";
import { storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { loggedLines } from "../../support/gateway.ts";
import { writtenOf } from "../../support/sealing.ts";
import { admin, testStage, type TestStage } from "../../support/stage.ts";
import { START, trailOf } from "./trail.ts";

let stage: TestStage;
const { grown, proved, put, putSeal, remove, sealsOf } = trailOf(() => stage);
const verified = () => stage.run(verifyAuditLogs, { actor: admin() });

beforeEach(async () => {
  stage = testStage(plusDays(START, 2));
  loggedLines();
  await grown(90);
});

/** What leaves such a trail. */
const deeds: Readonly<Record<string, { readonly fault: string; readonly deed: () => Promise<unknown> }>> = {
  "the end of a chain is cut off with all that it sealed, and its head set back": {
    fault: "truncated",
    deed: async () => {
      const [before, last] = sealsOf(1).slice(-2);
      const gone = stage.table.all().filter(({ pk }) => last!.entries.some(({ key }) => key === pk));
      for (const item of gone) await remove(item as Item & Key);
      await remove(storedItem(items.seal, last!));
      await put(storedItem(items.sealHead, headOf(before!)));
    },
  },
  "a row is edited, and everything that seals it made anew": {
    fault: "altered",
    deed: async () => {
      const last = sealsOf(2).at(-1)!;
      const [pk] = last.entries.map(({ key }) => key);
      const row = stage.table.all().find((item) => item["pk"] === pk)!;
      const edited = { ...(row as Item & Key), actorId: "somebody-else" };
      await put(edited);
      const entries = last.entries.map((one) => (one.key === pk ? { key: pk, digest: writtenOf(edited).digest } : one));
      const seal = { ...last, entries, hash: hashOf({ ...last, entries }) };
      await putSeal(seal);
      await put(storedItem(items.sealHead, headOf(seal)));
    },
  },
};

describe("the proof of the trail", () => {
  test.each(Object.entries(deeds))(
    "tells when %s after it was proven, for as long as it is so, and while somebody waits",
    async (_name, { fault, deed }) => {
      expect(await proved()).toEqual({ intact: 1 });
      await deed();
      expect(await verified()).toMatchObject({ intact: false, firstBreak: { fault } });
      expect(await proved()).toEqual({ failed: 1 });
      const known = async () => Object.keys(await proved());
      expect(await verified()).toMatchObject({ intact: false, firstBreak: { fault } });
      expect(await known()).toEqual([expect.stringMatching(`^still broken: ${fault}, `)]);
      await grown(9, 90);
      expect(await verified()).toMatchObject({ intact: false });
      expect(await known()).toEqual([expect.stringMatching(/^still broken: /)]);
    },
  );

  test("is given again once what was cut off is put back", async () => {
    await proved();
    const last = sealsOf(1).at(-1);
    const rows = stage.table.all();
    await deeds["the end of a chain is cut off with all that it sealed, and its head set back"]!.deed();
    expect(await proved()).toEqual({ failed: 1 });
    for (const { key } of last!.entries) await put(rows.find((item) => item["pk"] === key) as Item & Key);
    await putSeal(last!);
    await put(storedItem(items.sealHead, headOf(last!)));
    expect(await verified()).toMatchObject({ intact: true });
    expect(await proved()).toEqual({ intact: 1 });
  });
});
