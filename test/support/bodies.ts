/** Bodies of requests that are accepted, wherever they are sent. */
const DAY_MS = 86_400_000;

export const usd = (amount: number) => ({ amount, currency: "USD" }) as const;

/** A campaign that may begin at once and goes on for a month. */
export const campaignBodyAt = (nowMs: number, parts: object = {}) => ({
  name: "Autumn launch",
  category: "fashion",
  budget: usd(100_000),
  timeline: { start: new Date(nowMs - DAY_MS).toISOString(), end: new Date(nowMs + 30 * DAY_MS).toISOString() },
  ...parts,
});

export const deliverableBody = (parts: object = {}) => ({
  type: "instagram_post",
  quantity: 1,
  compensation: usd(25_000),
  ...parts,
});
