/** A trail that grew while nobody touched it, and what is done to it. */
import { expect } from "@jest/globals";
import { handler as proveAuditTrail } from "#lambdas/audit/prove-audit-trail";
import { Seal } from "#shared/domain/audit/seal";
import { systemActor } from "#shared/domain/kernel/actor";
import { plusMilliseconds } from "#shared/domain/kernel/time";
import { eachOf } from "#shared/runtime/implement-job";
import type { Item, Key } from "#shared/table/engine";
import { storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { storedSeals } from "#shared/table/repositories/seals";
import { auditItem, journalItem, writtenOf } from "../../support/sealing.ts";
import type { TestStage } from "../../support/stage.ts";

export const START = "2026-11-20T12:00:00.000Z";

export const keyOf = ({ pk, sk }: Key): Key => ({ pk, sk });

export const trailOf = (stage: () => TestStage) => {
  const put = (item: Item & Key) => stage().table.write({ kind: "put", item, when: { any: true } });
  return {
    put,
    putSeal: (seal: Seal) => put(storedItem(items.seal, seal)),
    remove: (item: Key) => stage().table.write({ kind: "remove", key: keyOf(item), when: {} }),

    /** Rows and journals, a minute apart, sealed in batches of three some seconds after they were written. */
    async grown(count: number, from = 0): Promise<void> {
      const seals = storedSeals(stage().table);
      for (let at = from; at < from + count; at += 3) {
        const batch = [0, 1, 2].map((one) =>
          (one === 2 ? journalItem : auditItem)(at + one + 1, plusMilliseconds(START, (at + one) * 60_000)),
        );
        for (const item of batch) await put(item);
        const sealedAt = plusMilliseconds(START, (at + 2) * 60_000 + 5_000);
        const { failures } = await seals.seal(
          batch.map((item) => writtenOf(item)),
          sealedAt,
        );
        expect(failures).toEqual([]);
      }
    },

    /** One run of the job. */
    async proved(): Promise<Record<string, number>> {
      const { clock, newId, granted } = stage();
      const occasion = { actor: systemActor("job"), now: clock.now, requestId: "r", newId };
      const counts: Record<string, number> = {};
      const ports = granted(proveAuditTrail.contract.uses, occasion);
      await proveAuditTrail.run({ ...occasion, receivedAt: clock.now }, ports, eachOf("prove-audit-trail", { counts }));
      return counts;
    },

    /** Those that can be read. */
    sealsOf: (chain: number): Seal[] =>
      stage()
        .stored("seal")
        .flatMap((item) => Seal.safeParse(item).data ?? [])
        .filter((seal) => seal.chain === chain)
        .sort((a, b) => a.sequence - b.sequence),
  };
};
