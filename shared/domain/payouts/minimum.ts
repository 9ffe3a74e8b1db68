import * as z from "zod";
import { Currency, currencyExponents, type Money, money } from "../kernel/money.ts";

/** Least amounts of a payout, minor units by currency, where they are not the house's. */
export const PayoutMinimums = z.partialRecord(Currency, z.int().min(1));
export type PayoutMinimums = z.infer<typeof PayoutMinimums>;

/** Ten dollars, ten euros, ten yen, ten dinars: less is not worth a transfer. */
const LEAST_MAJOR = 10;

/** The least that is paid out in a currency. */
export const minimumOf = (currency: Currency, configured: PayoutMinimums): Money =>
  money(configured[currency] ?? LEAST_MAJOR * 10 ** currencyExponents[currency], currency);
