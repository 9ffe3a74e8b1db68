import type { Account } from "#shared/domain/users/account";
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

/** The user pool's public keys: one item. */
export const signingKeys = {
  kind: "signingKeys",
  prefix: "SIGNING_KEYS",
  partition: [],
  sort: [],
} as const satisfies Declaration<object>;
