/** What every store of exported files promises: a file is there whole, or not at all. */
import { beforeAll, describe, expect, test } from "@jest/globals";
import type { Export } from "#shared/domain/exports/export";
import type { ExportFiles } from "#shared/ports/exports";
import { anExport } from "../../support/builders.ts";

export interface StoreUnderTest {
  readonly files: ExportFiles;
  /** What somebody who follows a link to the file is given; undefined when there is none. */
  fetched(exported: Export): Promise<string | undefined>;
}

const PART = "a".repeat(5 * 1024 * 1024);
let number = 0;
const another = (): Export => anExport({ id: `exp_${String((number += 1)).padStart(26, "0")}` });

export function exportFilesSuite(name: string, make: () => Promise<StoreUnderTest>): void {
  describe(`exported files on ${name}`, () => {
    let [files, fetched] = [] as unknown as [ExportFiles, StoreUnderTest["fetched"]];
    beforeAll(async () => {
      ({ files, fetched } = await make());
    });

    const put = async (exported: Export, uploadId: string, ...parts: readonly string[]): Promise<string[]> => {
      const tags: (string | undefined)[] = [];
      for (const [at, part] of parts.entries())
        tags.push(await files.put(exported, uploadId, at + 1, Buffer.from(part)));
      return tags.map((tag) => tag ?? "lost");
    };

    test("are their parts in order, and not there before; completing one again is nothing more", async () => {
      const exported = another();
      const upload = await files.begin(exported);
      const tags = await put(exported, upload, PART, "the end");
      expect(await fetched(exported)).toBeUndefined();
      for (let time = 0; time < 2; time += 1) expect(await files.complete(exported, upload, tags)).toBe(true);
      expect(await fetched(exported)).toBe(`${PART}the end`);
      expect(await fetched({ ...exported, attempt: 2 })).toBeUndefined();
    });

    test("may be empty", async () => {
      const exported = another();
      const upload = await files.begin(exported);
      expect(await files.complete(exported, upload, await put(exported, upload, ""))).toBe(true);
      expect(await fetched(exported)).toBe("");
    });

    test("have parts that may be put anew, and are made of those that are named or not at all", async () => {
      const exported = another();
      const upload = await files.begin(exported);
      const [first = "", end = ""] = await put(exported, upload, PART, "the end");
      const [anew = ""] = await put(exported, upload, PART.replaceAll("a", "b"));
      expect(await files.complete(exported, upload, [first, end])).toBe(false);
      expect(await fetched(exported)).toBeUndefined();
      expect(await files.complete(exported, upload, [anew, end])).toBe(true);
    });

    test("that were given up take nothing more and are never there", async () => {
      const exported = another();
      const upload = await files.begin(exported);
      const tags = await put(exported, upload, "the end");
      for (let time = 0; time < 2; time += 1) await files.abandon(exported, upload);
      expect(await files.put(exported, upload, 1, Buffer.from("x"))).toBeUndefined();
      expect(await files.complete(exported, upload, tags)).toBe(false);
      expect(await fetched(exported)).toBeUndefined();
    });

    test("say until when a link is good", async () => {
      const { url, urlExpiresAt } = await files.link({ exported: another(), seconds: 60 });
      expect([URL.canParse(url), Number.isNaN(Date.parse(urlExpiresAt))]).toEqual([true, false]);
    });
  });
}
