/** One network address in the notations that browsers, or their users, take for it. */

/** Loopback, private, shared, link-local, of clouds, documentation, multicast, and the first and last there are. */
export const isPrivateSample: readonly (readonly [number, number, number, number])[] = [
  [127, 0, 0, 2],
  [10, 1, 2, 3],
  [172, 16, 5, 6],
  [172, 31, 255, 254],
  [192, 168, 0, 9],
  [169, 254, 169, 253],
  [169, 254, 170, 2],
  [100, 64, 1, 1],
  [100, 100, 100, 200],
  [192, 0, 2, 7],
  [198, 18, 0, 1],
  [224, 0, 0, 251],
  [0, 0, 0, 1],
  [255, 255, 255, 254],
];

const wide = (text: string): string => [...text].map((digit) => wideDigits[Number(digit)] ?? "\uff0e").join("");
const wideDigits = [..."０１２３４５６７８９"];
const hex = (...bytes: readonly number[]): string => bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");

/** As a host: whole, in two and three parts, decimal, octal, hexadecimal, wide, escaped, and inside IPv6. */
export function notationsOf([a, b, c, d]: readonly [number, number, number, number]): readonly string[] {
  const dotted = [a, b, c, d].join(".");
  const number = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
  const [high, low] = [hex(a, b), hex(c, d)];
  return [
    dotted,
    `${dotted}.`,
    String(number),
    `0x${number.toString(16)}`,
    `0${number.toString(8)}`,
    [a, b, c, d].map((byte) => `0x${hex(byte)}`).join("."),
    [a, b, c, d].map((byte) => `0${byte.toString(8)}`).join("."),
    `${a}.${b * 2 ** 16 + c * 2 ** 8 + d}`,
    `${a}.${b}.${c * 2 ** 8 + d}`,
    `0x${hex(a)}.${b}.0${c.toString(8)}.${d}`,
    wide(dotted),
    dotted.replaceAll(".", "%2e"),
    dotted.replaceAll(".", "\u3002"),
    `%3${String(a).charAt(0)}${dotted.slice(1)}`,
    `[::ffff:${dotted}]`,
    `[::ffff:${high}:${low}]`,
    `[0:0:0:0:0:ffff:${high}:${low}]`,
    `[::${dotted}]`,
    `[64:ff9b::${dotted}]`,
    `[2002:${high}:${low}::1]`,
    `[fe80::${high}:${low}]`,
  ];
}
