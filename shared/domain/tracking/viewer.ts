const V4_IN_V6 = /^::ffff:([\d.]+)$/;
const GROUPS_OF_64_BITS = 4;

/**
 * The part of an address that stands for a visitor: an IPv4 address whole, an IPv6 address cut to its /64, because the
 * rest changes by itself. Spelled in one way, so that one network has one name.
 */
export function viewerNetwork(address: string): string {
  const text = address.trim().toLowerCase();
  if (!text.includes(":")) return text;
  const v4 = V4_IN_V6.exec(text)?.[1];
  if (v4 !== undefined) return v4;
  const [head = "", tail] = text.replace(/%.*/, "").split("::");
  const groups = head.split(":").filter(Boolean);
  const after = (tail ?? "").split(":").filter(Boolean);
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - groups.length - after.length);
  const all = [...groups, ...Array<string>(zeros).fill("0"), ...after];
  const network = all.slice(0, GROUPS_OF_64_BITS).map((group) => group.replace(/^0+(?=.)/, ""));
  return `${network.join(":")}::/64`;
}
