/** What a price takes of a charge: a share in hundredths of a per cent, and a fixed part in minor units. */
interface Price {
  readonly basisPoints: number;
  readonly fixedMinor: number;
}

// What Stripe publishes for domestic cards: https://stripe.com/pricing, and the same page of the country whose
// currency it is (https://stripe.com/gb/pricing, /ie/, /jp/, /au/, /ca/, /sg/, /ch/, /hk/, /ae/).
const prices: Readonly<Record<string, Price>> = {
  usd: { basisPoints: 290, fixedMinor: 30 },
  eur: { basisPoints: 150, fixedMinor: 25 },
  gbp: { basisPoints: 150, fixedMinor: 20 },
  jpy: { basisPoints: 360, fixedMinor: 0 },
  aud: { basisPoints: 170, fixedMinor: 30 },
  cad: { basisPoints: 290, fixedMinor: 30 },
  chf: { basisPoints: 290, fixedMinor: 30 },
  sgd: { basisPoints: 340, fixedMinor: 50 },
  hkd: { basisPoints: 340, fixedMinor: 235 },
  aed: { basisPoints: 290, fixedMinor: 100 },
  // Stripe publishes no price in Kuwaiti dinars: the one in dollars, its 30 cents being about 100 fils.
  kwd: { basisPoints: 290, fixedMinor: 100 },
};

const everywhereElse: Price = { basisPoints: 290, fixedMinor: 0 };

/** Stripe's published fee on a card payment, in the charge's minor units, rounded half up; never more than the charge. */
export function publishedFee(amountMinor: number, currency: string): number {
  const { basisPoints, fixedMinor } = prices[currency] ?? everywhereElse;
  return Math.min(amountMinor, Math.floor((amountMinor * basisPoints + 5000) / 10_000) + fixedMinor);
}

// The dispute fee of the same pages, in minor units.
const disputeFees: Readonly<Record<string, number>> = {
  ...{ usd: 1500, eur: 2000, gbp: 2000, jpy: 1500, aud: 2500, cad: 1500, chf: 2000, sgd: 1500, hkd: 8500, aed: 6000 },
  kwd: 5000,
};

/** What Stripe takes for a dispute, whoever wins it. */
export function disputeFee(currency: string): number {
  return disputeFees[currency] ?? 1500;
}
