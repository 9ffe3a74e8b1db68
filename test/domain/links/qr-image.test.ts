import { inflateSync } from "node:zlib";
import { expect, test } from "@jest/globals";
import { qrCodes } from "#shared/adapters/qr/qr-codes";
import { pngOf, svgOf } from "#shared/domain/links/qr-image";

const modules = qrCodes().of("https://go.example.com/t/abcdEFGH23?src=qr");
const spelled = (rows: readonly (readonly boolean[])[]) => rows.map((row) => row.map(Number).join("")).join("\n");

/** The modules of a picture of one bit a pixel, read from the middle of each, by the PNG specification alone. */
function modulesIn(png: Uint8Array): boolean[][] {
  const bytes = Buffer.from(png);
  expect(bytes.subarray(0, 8).toString("hex")).toBe("89504e470d0a1a0a");
  const chunks = new Map<string, Buffer>();
  for (let at = 8; at < bytes.length;) {
    const length = bytes.readUInt32BE(at);
    chunks.set(bytes.toString("latin1", at + 4, at + 8), bytes.subarray(at + 8, at + 8 + length));
    at += length + 12;
  }
  expect([...chunks.keys()]).toEqual(["IHDR", "IDAT", "IEND"]);
  const header = chunks.get("IHDR") ?? Buffer.alloc(0);
  const side = header.readUInt32BE(0);
  expect([header.readUInt32BE(4), ...header.subarray(8)]).toEqual([side, 1, 0, 0, 0, 0]);
  const pixels = inflateSync(chunks.get("IDAT") ?? Buffer.alloc(0));
  const line = 1 + side / 8;
  expect(pixels).toHaveLength(side * line);
  const middles = Array.from({ length: side / 16 }, (_, module) => module * 16 + 8);
  return middles.map((y) => middles.map((x) => ((pixels[y * line + 1 + (x >> 3)] ?? 0) & (0x80 >> (x & 7))) === 0));
}

/** The modules of a path of `M{x} {y}h{length}…`. */
function modulesOfPath(svg: string): boolean[][] {
  const size = Number(/viewBox="0 0 (\d+) \1"/.exec(svg)?.[1]);
  const rows = Array.from({ length: size }, () => Array<boolean>(size).fill(false));
  for (const [, x, y, length] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g))
    rows[Number(y)]?.fill(true, +x!, +x! + +length!);
  return rows;
}

test("a QR code has three finders, inside a quiet zone of four modules", () => {
  const size = modules.length;
  const dark = (x: number, y: number, side: number) =>
    modules.slice(y, y + side).every((row) => row.slice(x, x + side).every(Boolean));
  for (const [x, y] of [[4, 4], [size - 11, 4], [4, size - 11]] as const) expect(dark(x + 2, y + 2, 3)).toBe(true); // prettier-ignore
  const quiet = modules.flatMap((row, y) => row.filter((_, x) => Math.min(x, y, size - 1 - x, size - 1 - y) < 4));
  expect(quiet).not.toContain(true);
  expect(quiet.length).toBe(size ** 2 - (size - 8) ** 2);
});

test("as a PNG of one bit a pixel it is what it was, and a kilobyte", () => {
  const png = pngOf(modules);
  expect(spelled(modulesIn(png))).toBe(spelled(modules));
  expect(png.length).toBeLessThan(2_000);
});

test("as SVG it is what it was, on white, and runs nothing", () => {
  const svg = svgOf(modules);
  expect(spelled(modulesOfPath(svg))).toBe(spelled(modules));
  expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" /);
  expect(svg).not.toMatch(/script|href|on\w+=/);
});
