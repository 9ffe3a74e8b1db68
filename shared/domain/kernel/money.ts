import * as z from "zod";

/**
 * Currencies money is held in, with the digits after the decimal point of their minor unit (ISO 4217).
 * Stripe treats the same ones as zero- and three-decimal.
 */
// prettier-ignore
export const currencyExponents = {
  AUD: 2, BHD: 3, BRL: 2, CAD: 2, CHF: 2, CLP: 0, CZK: 2, DKK: 2, EUR: 2, GBP: 2, HKD: 2, HUF: 2, ILS: 2, INR: 2, JOD: 3, JPY: 0,
  KRW: 0, KWD: 3, MXN: 2, MYR: 2, NOK: 2, NZD: 2, OMR: 3, PHP: 2, PLN: 2, RON: 2, SEK: 2, SGD: 2, THB: 2, TND: 3, USD: 2, VND: 0,
  ZAR: 2,
} as const;

export const Currency = z.enum(Object.keys(currencyExponents) as [CurrencyCode, ...CurrencyCode[]]);
type CurrencyCode = keyof typeof currencyExponents;
export type Currency = z.infer<typeof Currency>;

/** Nobody may ask for more at once: 10 billion minor units, far below what a double holds exactly. */
export const MAX_AMOUNT_MINOR = 10_000_000_000;

/**
 * Nothing that is written is larger: one movement of the ledger. It is what was asked for several times over, or what the
 * processor says it received (Stripe takes twelve digits at most), so it is more than may be asked for at once.
 */
export const MAX_MOVEMENT_MINOR = 1_000_000_000_000;

/** An amount and its currency, as it is stored and answered: `{ "amount": 12345, "currency": "USD" }`. */
export const Money = z
  .strictObject({
    amount: z.int().min(0).max(MAX_MOVEMENT_MINOR).meta({ description: "Minor units" }),
    currency: Currency,
  })
  .meta({ id: "Money" });
export type Money = z.infer<typeof Money>;

/** Money as it is asked for. */
export const PositiveMoney = z
  .strictObject({
    amount: z.int().min(1).max(MAX_AMOUNT_MINOR).meta({ description: "Minor units" }),
    currency: Currency,
  })
  .meta({ id: "PositiveMoney" });

export const money = (amount: number, currency: Currency): Money => ({ amount, currency });

/** "12.34 USD", "500 JPY": for sentences, never for arithmetic. */
export function formatMoney({ amount, currency }: Money): string {
  const exponent = currencyExponents[currency];
  const digits = String(amount).padStart(exponent + 1, "0");
  const whole = digits.slice(0, digits.length - exponent);
  return exponent === 0 ? `${digits} ${currency}` : `${whole}.${digits.slice(-exponent)} ${currency}`;
}
