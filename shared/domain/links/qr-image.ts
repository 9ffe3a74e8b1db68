/** Pictures of a QR code's modules: dark on white, whatever is around them. */
import { crc32, deflateSync } from "node:zlib";

/** Row by row, all of one length; `true` is dark. */
type Modules = readonly (readonly boolean[])[];

/** As vectors: a path of one horizontal line for each run of dark modules. It has no size of its own. */
export function svgOf(modules: Modules): string {
  const size = modules.length;
  const path = modules.flatMap((row, y) => runsOf(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" shape-rendering="crispEdges">`,
    `<path fill="#fff" d="M0 0h${size}v${size}h-${size}z"/><path d="${path.join("")}"/></svg>`,
  ].join("");
}

/** Where dark modules begin, and how many follow each other. */
const runsOf = (row: readonly boolean[]): readonly (readonly [number, number])[] =>
  [
    ...row
      .map((dark) => (dark ? "1" : "0"))
      .join("")
      .matchAll(/1+/g),
  ].map(({ index, 0: run }) => [index, run.length]);

/** Pixels of a module: some 700 across for an address of ours, which is 6 cm at 300 dpi. */
const SCALE = 16;

/** As a PNG of one bit a pixel. Source: W3C, "Portable Network Graphics (PNG) Specification", 5 and 11.2. */
export function pngOf(modules: Modules): Uint8Array<ArrayBuffer> {
  const side = modules.length * SCALE;
  const lines = modules.flatMap((row) => Array<Buffer>(SCALE).fill(lineOf(row)));
  return Buffer.concat([
    SIGNATURE,
    chunk("IHDR", Buffer.from([...bytesOf(side), ...bytesOf(side), BIT_DEPTH, GREYSCALE, 0, 0, 0])),
    chunk("IDAT", deflateSync(Buffer.concat(lines), { level: 9 })),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const BIT_DEPTH = 1;
const GREYSCALE = 0;
const BITS = 8;

/** A line of pixels, without a filter; 1 is white. A module is two bytes wide, so no byte is two modules'. */
const lineOf = (row: readonly boolean[]): Buffer =>
  Buffer.from([0, ...row.flatMap((dark) => Array<number>(SCALE / BITS).fill(dark ? 0x00 : 0xff))]);

function bytesOf(number: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(number);
  return bytes;
}

function chunk(type: string, content: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, "latin1"), content]);
  return Buffer.concat([bytesOf(content.length), typed, bytesOf(crc32(typed))]);
}
