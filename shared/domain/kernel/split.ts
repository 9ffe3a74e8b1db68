/**
 * Splits an amount into parts of these weights, to the last minor unit: each part is rounded down, and what is left goes
 * to the parts with the largest remainders, the first of equals first.
 *
 * @returns parts in the order of the weights; they sum to the amount
 */
export function splitByWeights(amountMinor: number, weights: readonly number[]): number[] {
  const total = BigInt(weights.reduce((sum, weight) => sum + weight, 0));
  const shares = weights.map((weight) => BigInt(amountMinor) * BigInt(weight));
  const parts = shares.map((share) => Number(share / total));
  const left = amountMinor - parts.reduce((sum, part) => sum + part, 0);
  const largestFirst = shares
    .map((share, at) => ({ at, remainder: Number(share % total) }))
    .sort((a, b) => b.remainder - a.remainder || a.at - b.at);
  for (const { at } of largestFirst.slice(0, left)) parts[at] = (parts[at] ?? 0) + 1;
  return parts;
}
