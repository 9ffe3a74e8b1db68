import { expect, test } from "@jest/globals";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { Readable } from "node:stream";
import { lineOf, type Rows } from "#shared/domain/exports/columns";

/** What a text may hold, in a row of which nothing else is looked at. */
const saying = (description: string) => ({ description }) as Rows["transactions"];

/** Readers of lines that break them where Unicode does: Node's own, and Python's `splitlines`. */
test.each(["\u2028", "\u2029", "\u0085", "\v", "\f", "\u001c", "\u001e", "\r\n"])(
  "a thing whose text has %j is one line of JSON to every reader, and says the same",
  async (sign) => {
    const line = lineOf("transactions", "json", saying(`before${sign}after`));
    expect(line.slice(0, -1)).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}]/u);
    const lines: string[] = [];
    const reader = createInterface({ input: Readable.from([line]) }).on("line", (one) => lines.push(one));
    await once(reader, "close");
    expect(lines.map((one) => JSON.parse(one) as object)).toEqual([saying(`before${sign}after`)]);
  },
);
