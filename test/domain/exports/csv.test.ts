import { describe, expect, test } from "@jest/globals";
import fc from "fast-check";
import { type Cell, csvRecord } from "#shared/domain/exports/csv";

/** Reads records as RFC 4180 has them, section 2: every field is text. */
function parsedCsv(text: string): string[][] {
  const records: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/gy)) {
    records.at(-1)?.push(quoted?.replaceAll('""', '"') ?? plain ?? "");
    if (end === "\r\n") records.push([]);
    if (end === "") break;
  }
  return records.slice(0, -1);
}

const hostile = [
  '=HYPERLINK("http://evil.example","x")',
  "=cmd|'/c calc'!A1",
  "+1+1",
  "-1+1",
  "@SUM(A1)",
  "\t=1+1",
  "\r=1+1",
  "\n=1+1",
  "\0=1+1",
  "＝1+1",
  "＋1",
  "－1",
  "＠SUM(A1)",
];

describe("a record", () => {
  test.each(hostile)("says of %j that it is text", (text) => {
    expect(parsedCsv(csvRecord([text, "next"]))).toEqual([[`'${text}`, "next"]]);
  });

  test("leaves numbers what they are, below zero too", () => {
    expect(csvRecord([-500, { decimal: "-5.00" }, 0, 1.5, true, null, undefined])).toBe("-500,-5.00,0,1.5,true,,\r\n");
  });

  test("quotes what would else begin another field or record", () => {
    expect(csvRecord(['a "b"', "c,d", "e\r\n=f", " g "])).toBe('"a ""b""","c,d","e\r\n=f", g \r\n');
    expect(csvRecord(["plain", "a=b", "ünï"])).toBe("plain,a=b,ünï\r\n");
  });

  test("holds any text, and no field of it begins like a formula", () => {
    const text = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.string({ unit: fc.constantFrom(..."=+-@\t\r\n\0\",' ＝a") }),
    );
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 6 }), (cells: Cell[]) => {
        const [fields, ...others] = parsedCsv(csvRecord(cells));
        expect(others).toEqual([]);
        expect(fields?.map((field, at) => [cells[at], `'${String(cells[at])}`].includes(field))).toEqual(
          cells.map(() => true),
        );
        for (const field of fields ?? []) expect(field).not.toMatch(/^[=+\-@\t\r\n\0＝＋－＠]/);
      }),
      { numRuns: 500, seed: 41 },
    );
  });
});
