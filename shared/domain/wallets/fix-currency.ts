import { changed, type EntityChange } from "../change.ts";
import type { Instant } from "../kernel/time.ts";
import type { WalletProfile } from "./wallet-profile.ts";

/** From now on money in the wallet's currency is promised. Nothing when it was so before. */
export const fixedCurrency = (profile: WalletProfile, now: Instant): EntityChange[] =>
  profile.currencyFixed ? [] : [changed("walletProfile", profile, { ...profile, currencyFixed: true, updatedAt: now })];
