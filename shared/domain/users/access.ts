import { found } from "../kernel/refusal.ts";
import { accessRefusals } from "../kernel/refusals.ts";
import type { Account } from "./account.ts";

/** The account of somebody who has one: who was let in, or whom an event is about. The same answer as at the door. */
export const knownAccount = (account: Account | undefined): Account => found(account, accessRefusals.noAccount);
