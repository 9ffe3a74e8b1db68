import type { Account } from "#shared/domain/users/account";
import type { SignInCode } from "#shared/domain/users/sign-in-code";
import type { Declaration } from "../item.ts";
import { SPREAD } from "../schema.ts";

export const account = {
  kind: "account",
  prefix: "ACCOUNT",
  partition: ["id"],
  sort: [],
  listings: {
    all: { index: "kind", prefix: "ALL_ACCOUNTS", partition: [], sort: ["createdAt", "id"], spread: SPREAD },
    admins: {
      index: "owner",
      prefix: "ADMINS",
      partition: [],
      sort: ["id"],
      when: ({ roles }: Account) => roles.includes("admin"),
    },
  },
} as const satisfies Declaration<Account>;

export const signInCode = {
  kind: "signInCode",
  prefix: "SIGN_IN_CODE",
  partition: ["id"],
  sort: [],
  // Longer than requests are counted.
  expires: { days: 2, after: "requestedAt" },
} as const satisfies Declaration<SignInCode>;

/** The user pool's public keys: one item. */
export const signingKeys = {
  kind: "signingKeys",
  prefix: "SIGNING_KEYS",
  partition: [],
  sort: [],
} as const satisfies Declaration<object>;
