import { beforeEach, describe, expect, test } from "@jest/globals";
import { handler as listAuditLogs } from "#lambdas/audit/list-audit-logs";
import { handler as verifyAuditLogs } from "#lambdas/audit/verify-audit-logs";
import { listAuditLogs as listContract } from "#shared/contracts/audit";
import { type AuditProof, NOTHING_PROVEN, provenOn } from "#shared/domain/audit/proof";
import { chainOf, CHAINS, hashOf, headOf } from "#shared/domain/audit/seal";
import { plusDays, plusMilliseconds } from "#shared/domain/kernel/time";
import { storedItem } from "#shared/table/item";
import { items } from "#shared/table/items/index";
import { storedSeals } from "#shared/table/repositories/seals";
import { BRAND_ID } from "../../support/builders.ts";
import { loggedLines } from "../../support/gateway.ts";
import { auditItem, ofOneChain, writtenOf } from "../../support/sealing.ts";
import { admin, testStage, type TestStage } from "../../support/stage.ts";
import { keyOf, START, trailOf } from "./trail.ts";

let stage: TestStage;
const { grown, proved, put, putSeal, remove, sealsOf } = trailOf(() => stage);

const verified = () => stage.run(verifyAuditLogs, { actor: admin() });
const listed = async (query: object = {}, parts: object = {}) =>
  stage.run(listAuditLogs, { actor: admin(), query: listContract.query?.parse(query) as never, ...parts });

beforeEach(() => {
  stage = testStage(plusDays(START, 2));
  loggedLines();
});

describe("the list of who did what", () => {
  beforeEach(() => grown(30));

  test("is newest first, with the seal that holds each row and the one before it", async () => {
    const { items: rows } = await listed();
    expect(rows).toHaveLength(20);
    expect(rows.map(({ at }) => at)).toEqual(
      rows
        .map(({ at }) => at)
        .sort()
        .reverse(),
    );
    for (const { id, hash, previousHash } of rows) {
      const { pk } = storedItem(items.auditEntry, { ...(rows[0] as never as object), id } as never);
      const seal = sealsOf(chainOf(pk)).find(({ entries }) => entries.some(({ key }) => key === pk));
      expect([hash, previousHash]).toEqual([seal?.hash, seal?.previousHash]);
    }
  });

  test("is searched by who, what, about what and when, all at once, from page to page", async () => {
    expect((await listed({ actorId: BRAND_ID })).items).toHaveLength(20);
    expect((await listed({ actorId: "system:job" })).items).toEqual([]);
    expect((await listed({ action: "campaign.cancelled" })).items).toEqual([]);
    expect((await listed({ resource: "campaign:cmp_4", action: "campaign.created" })).items).toHaveLength(1);
    const span = { from: plusMilliseconds(START, 3 * 60_000), to: plusMilliseconds(START, 6 * 60_000) };
    const numbers = async (query: object) =>
      (await listed(query)).items.map(({ resource }) => Number(resource.id.slice("cmp_".length)));
    expect(await numbers(span)).toEqual([7, 5, 4]);
    expect(await numbers({ ...span, actorId: BRAND_ID })).toEqual([7, 5, 4]);
    expect(await numbers({ ...span, resource: "campaign:cmp_5" })).toEqual([5]);
    const first = await listed({ actorId: BRAND_ID }, { page: { limit: 15 } });
    const second = await listed({ actorId: BRAND_ID }, { page: { limit: 15, after: first.next } });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual((await listed()).items.map(({ id }) => id));
  });

  test("shows what is not sealed yet without a seal", async () => {
    await put(auditItem(99, stage.clock.now));
    expect((await listed()).items[0]).toMatchObject({ resource: { id: "cmp_99" }, hash: null, previousHash: null });
  });

  test.each([
    ["a second after it", 1_000],
    ["by a clock that lags half a minute", -30_000],
  ])("finds a row's seal among the many of a busy minute: made %s", async (_when, laterMs) => {
    const at = plusDays(START, 1);
    const [row = 0, ...others] = ofOneChain(301);
    const seals = storedSeals(stage.table);
    const sealed = async (number: number, sealedAt: string) =>
      seals.seal([writtenOf(auditItem(number, sealedAt))], sealedAt);
    // Some 150 seals in the minute before the row's own, and as many in the minute after it.
    const ownAt = plusMilliseconds(at, laterMs);
    const sealedAt = (index: number) => plusMilliseconds(ownAt, (index - 150) * 400);
    for (const [index, number] of others.entries()) {
      if (index === 150) {
        await put(auditItem(row, at));
        expect((await seals.seal([writtenOf(auditItem(row, at))], ownAt)).made).toHaveLength(1);
      }
      await sealed(number, sealedAt(index));
    }
    const { items: rows } = await listed({ resource: `campaign:cmp_${row}` });
    expect(rows[0]?.hash).toEqual(expect.any(String));
  });

  test.each(["campaign", ":x", "a b:c", `campaign:${"€".repeat(300)}`])(
    "understands no resource like %p",
    (resource) => {
      expect(listContract.query?.safeParse({ resource }).success).toBe(false);
    },
  );
});

/** What somebody does to the trail, and what is told of it. */
const deeds: Readonly<Record<string, { readonly fault: string; readonly deed: () => Promise<unknown> }>> = {
  "a row is edited": {
    fault: "altered",
    deed: () => put({ ...auditItem(4, plusMilliseconds(START, 3 * 60_000)), actorId: "somebody-else" }),
  },
  "a row is dropped": {
    fault: "missing",
    deed: () => remove(auditItem(4, START)),
  },
  "two rows change places": {
    fault: "swapped",
    deed: async () => {
      const [one, other] = [
        auditItem(4, plusMilliseconds(START, 3 * 60_000)),
        auditItem(5, plusMilliseconds(START, 4 * 60_000)),
      ];
      await put({ ...other, ...keyOf(one) });
      await put({ ...one, ...keyOf(other) });
    },
  },
  "a row is put in between": {
    fault: "unsealed",
    deed: () => put(auditItem(500, plusMilliseconds(START, 5 * 60_000))),
  },
  "a seal is put behind the end of its chain": {
    fault: "inserted",
    deed: async () => {
      const last = sealsOf(1).at(-1)!;
      const next = { ...last, sequence: last.sequence + 1, previousHash: last.hash };
      await putSeal({ ...next, hash: hashOf(next) });
    },
  },
  "the end of a chain is cut off": {
    fault: "truncated",
    deed: () => remove(storedItem(items.seal, sealsOf(1).at(-1)!)),
  },
  "a seal is dropped": {
    fault: "missing",
    deed: () => remove(storedItem(items.seal, sealsOf(1)[0]!)),
  },
  "a row is edited, and its chain and head are made anew": {
    fault: "altered",
    deed: async () => {
      const last = sealsOf(2).at(-1)!;
      const remade = { ...last, entries: last.entries.map((one) => ({ ...one, digest: "other" })) };
      const seal = { ...remade, hash: hashOf(remade) };
      await putSeal(seal);
      await put(storedItem(items.sealHead, headOf(seal)));
    },
  },
};

describe("the proof of the trail", () => {
  beforeEach(() => grown(90));

  test("says that what nobody touched is intact, and how many rows that is", async () => {
    const proof = await verified();
    expect(proof).toMatchObject({ intact: true, rows: 60, unread: 0 });
    expect(proof).not.toHaveProperty("firstBreak");
    expect(proof.heads).toHaveLength(CHAINS);
  });

  test.each(Object.entries(deeds))("tells when %s", async (_name, { fault, deed }) => {
    await deed();
    expect(await verified()).toMatchObject({ intact: false, firstBreak: { fault } });
  });

  test.each(Object.entries(deeds))(
    "tells when %s after it was proven, in the job's own time",
    async (_name, { fault, deed }) => {
      expect(await proved()).toEqual({ intact: 1 });
      await deed();
      expect(await proved()).toEqual({ failed: expect.any(Number) });
      expect((await stage.ports.auditTrail.proof())?.proven.breaks).toContainEqual(expect.objectContaining({ fault }));
    },
  );

  test("is the same from any number of parts, and reads each seal once", async () => {
    const whole = await provenOn(
      (proven) => stage.ports.auditTrail.after(proven, stage.clock.now, 10_000),
      NOTHING_PROVEN,
      stage.clock.now,
      1,
    );
    let parts = 0;
    const read = (proven: Parameters<typeof stage.ports.auditTrail.after>[0]) => {
      parts += 1;
      return stage.ports.auditTrail.after(proven, stage.clock.now, 8);
    };
    expect(await provenOn(read, NOTHING_PROVEN, stage.clock.now, Infinity)).toEqual(whole);
    expect(parts).toBeGreaterThan(5);
  });

  test("of a long trail reads what came since it was proven, and no more than it says", async () => {
    const before = await provenOn(
      (proven) => stage.ports.auditTrail.after(proven, stage.clock.now, 10_000),
      NOTHING_PROVEN,
      stage.clock.now,
      1,
    );
    await grown(9, 90);
    const since = await stage.ports.auditTrail.after(before.proven, stage.clock.now, 10_000);
    expect(since.entries).toHaveLength(9);
    expect(since.chains.every(({ seals }) => seals.length <= 3)).toBe(true);
    const proof: AuditProof = {
      proven: { ...before.proven, rows: 1_000_000 },
      again: NOTHING_PROVEN,
      version: 1,
      updatedAt: stage.clock.now,
    };
    await stage.given("auditProof", proof);
    expect(await verified()).toMatchObject({ intact: true, rows: 1_000_006 });
  });

  test("is not given for what was not read", async () => {
    const part = await provenOn(
      (proven) => stage.ports.auditTrail.after(proven, stage.clock.now, 8),
      NOTHING_PROVEN,
      stage.clock.now,
      2,
    );
    expect(part.left).toBeGreaterThan(0);
  });

  test("goes on: what is written between two runs is proven by the second", async () => {
    await proved();
    await grown(9, 90);
    await proved();
    expect((await stage.ports.auditTrail.proof())?.proven).toMatchObject({ rows: 66 });
  });
});
