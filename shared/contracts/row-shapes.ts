/** Rows that lists show and exports hold. Apart from the other shapes: few actions carry them. */
import * as z from "zod";
import { AuditEntry } from "#shared/domain/audit/audit-entry";
import { Currency } from "#shared/domain/kernel/money";
import { Earning } from "#shared/domain/wallets/earning";

export const EarningView = Earning.omit({ updatedAt: true, createdAt: true, version: true }).meta({ id: "Earning" });

/** A row with the seal that it is in, and the one before; null in the seconds until it is sealed. */
export const AuditRow = AuditEntry.extend({ hash: z.string().nullable(), previousHash: z.string().nullable() }).meta({
  id: "AuditRow",
});

/** Money that may be owed. */
export const SignedMoney = z.object({ amount: z.int(), currency: Currency });

const hits = z.int().min(0);
/** Every hit, by its class. */
export const ByClass = z.object({
  valid: hits,
  repeat: hits,
  bot: hits,
  preview: hits,
  prefetch: hits,
  head: hits,
  self: hits,
  burst: hits,
  datacentre: hits,
});
