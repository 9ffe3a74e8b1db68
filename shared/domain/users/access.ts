import { found } from "../kernel/refusal.ts";
import type { Account } from "./account.ts";
import { userRefusals } from "./refusals.ts";

/** The account that was asked for. */
export const knownAccount = (account: Account | undefined): Account => found(account, userRefusals.notFound);
