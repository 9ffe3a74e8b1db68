/** What DynamoDB counts of an item: emulators report figures that have nothing to do with size. */

const bytesOf = (text: string): number => Buffer.byteLength(text);

/** Two significant digits to a byte, and one byte more; zeroes at both ends are not counted. */
function numberSize(value: number): number {
  const digits = Math.abs(value)
    .toString()
    .replace(".", "")
    .replace(/^0+|0+$/g, "").length;
  return Math.ceil(digits / 2) + 1 + (value < 0 ? 1 : 0);
}

function valueSize(value: unknown): number {
  if (typeof value === "string") return bytesOf(value);
  if (typeof value === "number") return numberSize(value);
  if (value instanceof Uint8Array) return value.length;
  if (value instanceof Set) return [...value].reduce<number>((sum, one) => sum + valueSize(one), 0);
  if (Array.isArray(value)) return 3 + value.reduce<number>((sum, one) => sum + 1 + valueSize(one), 0);
  if (typeof value === "object" && value !== null) return 3 + Object.keys(value).length + itemSize({ ...value });
  return 1;
}

/**
 * Bytes of an item as DynamoDB bills it. Source: DynamoDB developer guide, "DynamoDB item sizes and formats" (names and values in
 * UTF-8; lists and maps 3 bytes and one for each element; raw bytes of binaries).
 */
export const itemSize = (item: Readonly<Record<string, unknown>>): number =>
  Object.entries(item).reduce(
    (sum, [name, value]) => (value === undefined ? sum : sum + bytesOf(name) + valueSize(value)),
    0,
  );

/** Write units of an item of so many bytes: one for each kilobyte begun. Source: the same guide, "Capacity unit consumption". */
export const writeUnits = (bytes: number): number => Math.ceil(bytes / 1024);
