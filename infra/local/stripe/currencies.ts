import * as z from "zod";
import { invalidRequest } from "./refusal.ts";

// https://docs.stripe.com/currencies: the presentment currencies.
const supported = new Set(
  (
    "usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd bwp byn bzd cad cdf chf " +
    "clp cny cop crc cve czk djf dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gnf gtq gyd hkd hnl hrk htg huf idr " +
    "ils inr isk jmd jod jpy kes kgs khr kmf krw kwd kyd kzt lak lbp lkr lrd lsl mad mdl mga mkd mmk mnt mop mro mur " +
    "mvr mwk mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub rwf sar sbd scr sek " +
    "sgd shp sle sos srd std szl thb tjs tnd top try ttd twd tzs uah ugx uyu uzs vnd vuv wst xaf xcd xof xpf yer zar " +
    "zmw"
  ).split(" "),
);

// https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts, in minor units.
const minimumMinor: Readonly<Record<string, number>> = {
  ...{ usd: 50, aed: 200, aud: 50, bgn: 100, brl: 50, cad: 50, chf: 50, czk: 1500, dkk: 250, eur: 50, gbp: 30 },
  ...{ hkd: 400, huf: 17500, inr: 50, jpy: 50, mxn: 1000, myr: 200, nok: 300, nzd: 50, pln: 200, ron: 200, sek: 300 },
  ...{ sgd: 50, thb: 1000 },
};

const withoutDecimals = new Set("bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".split(" "));
const withThreeDecimals = new Set(["bhd", "jod", "kwd", "omr", "tnd"]);
// https://docs.stripe.com/currencies#special-cases
const paidOutWhole = new Set(["huf", "twd"]);
const maximumMinor = 99_999_999;

/** A supported currency, in lower case whatever the case it came in. */
export const currency = () =>
  z.string().transform((value, context) => {
    const code = value.toLowerCase();
    if (supported.has(code)) return code;
    const message = `Invalid currency: ${code}. Stripe currently supports these currencies: ${[...supported].join(", ")}`;
    context.addIssue({ code: "custom", message, input: value, params: {} });
    return z.NEVER;
  });

/** @throws when an amount is below Stripe's minimum, above its maximum, or not payable in its currency. */
export function refuseAmount(amountMinor: number, code: string): void {
  const minimum = minimumMinor[code] ?? 1;
  if (amountMinor < minimum) {
    throw invalidRequest(`Amount must be at least ${formatted(minimum, code)}`, {
      code: "amount_too_small",
      param: "amount",
    });
  }
  if (amountMinor > maximumMinor) {
    throw invalidRequest(`Amount must be no more than ${formatted(maximumMinor, code)}`, {
      code: "amount_too_large",
      param: "amount",
    });
  }
  refuseThirdDecimal(amountMinor, code);
}

// https://docs.stripe.com/currencies#three-decimal
/** @throws when a payment, or its refund, is of an amount that card networks do not settle. */
export function refuseThirdDecimal(amountMinor: number, code: string): void {
  if (withThreeDecimals.has(code)) refuseRemainder(amountMinor, 10, code);
}

/** @throws when a payout is of an amount that banks do not take in its currency. */
export function refusePayoutAmount(amountMinor: number, code: string): void {
  if (paidOutWhole.has(code)) refuseRemainder(amountMinor, 100, code);
}

function refuseRemainder(amountMinor: number, step: number, code: string): void {
  if (amountMinor % step === 0) return;
  throw invalidRequest(`Invalid amount: amounts in ${code} must be evenly divisible by ${step}.`, { param: "amount" });
}

/** An amount as Stripe's messages show it, for example `$12.50`. */
export function shownAmount(amountMinor: number, code: string): string {
  const digits = withoutDecimals.has(code) ? 0 : withThreeDecimals.has(code) ? 3 : 2;
  const symbol = { usd: "$", eur: "€", gbp: "£", jpy: "¥" }[code] ?? "";
  const number = (amountMinor / 10 ** digits).toLocaleString("en-US", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return `${symbol}${number}`;
}

function formatted(amountMinor: number, code: string): string {
  return `${shownAmount(amountMinor, code)} ${code}`;
}
