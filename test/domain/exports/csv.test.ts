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
  "\t1",
  "\r1",
  "\n1",
  "\0=1+1",
  " =1+1",
  '"=1+1',
  "＝1+1",
  "＋1",
  "－1",
  "＠SUM(A1)",
  "﹦1+1",
  "﹢1",
  "﹣1",
  "﹫SUM(A1)",
  "\u00a0=1+1",
  "\u3000=1+1",
  "\v\f=1+1",
  "\u0085=1+1",
  " \u001c\u007f=1+1",
  "\ufeff=1+1",
  '\u200b "\u2060=1+1',
];

describe("a record", () => {
  test.each(hostile)("says of %j that it is text", (text) => {
    expect(parsedCsv(csvRecord([text, "next"]))).toEqual([[`'${text}`, "next"]]);
  });

  // Of them, a program that parts cells otherwise than by commas, and sees our quotes as text, would begin a cell within the text.
  test.each([
    ["\t=1+1", "'\t'=1+1"],
    ["a;=1+1", "a;'=1+1"],
    ["a\t@x", "a\t'@x"],
    ["a\r\n-1+1", "a\r\n'-1+1"],
    ['a; "=1+1', "a;' \"=1+1"],
    ["a;\u00a0\u200b=1+1", "a;'\u00a0\u200b=1+1"],
    ["a\n\nb; c-d", "a\n\nb; c-d"],
  ])("says of %j wherever a cell may begin in it that it is text", (text, marked) => {
    expect(parsedCsv(csvRecord(["first", text]))).toEqual([["first", marked]]);
  });

  test("leaves numbers what they are, below zero too", () => {
    expect(csvRecord([-500, { decimal: "-5.00" }, 0, 1.5, true, null, undefined])).toBe("-500,-5.00,0,1.5,true,,\r\n");
  });

  test("quotes what would else begin another field or record", () => {
    expect(csvRecord(['a "b"', "c,d", "e\r\nf", " g ", "h;i", "j\tk"])).toBe(
      '"a ""b""","c,d","e\r\nf", g ,"h;i","j\tk"\r\n',
    );
    expect(csvRecord(["plain", "a=b", "ünï"])).toBe("plain,a=b,ünï\r\n");
  });

  test("holds any text, and no field of it begins like a formula", () => {
    const text = fc.oneof(
      fc.string({ unit: "grapheme" }),
      fc.string({ unit: fc.constantFrom(..."=+-@\t\r\n\0\",;' ＝a") }),
    );
    fc.assert(
      fc.property(fc.array(text, { minLength: 1, maxLength: 6 }), (cells: Cell[]) => {
        const record = csvRecord(cells);
        const [fields, ...others] = parsedCsv(record);
        expect(others).toEqual([]);
        const unmarked = (text: unknown) => String(text).replaceAll("'", "");
        expect(fields?.map(unmarked)).toEqual(cells.map(unmarked));
        for (const cell of record.split(/[;\t\r\n]/)) expect(cell).not.toMatch(/^[ "]*[=+\-@\0＝＋－＠﹦﹢﹣﹫]/);
        for (const field of fields ?? []) expect(field).not.toMatch(/^[=+\-@\t\r\n\0＝＋－＠]/);
      }),
      { numRuns: 500, seed: 41 },
    );
  });
});
