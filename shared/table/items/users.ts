import type { Account } from "#shared/domain/users/account";
import type { SignInCode } from "#shared/domain/users/sign-in-code";
import type { DirectoryEntry } from "#shared/domain/users/directory";
import type { Declaration } from "../item.ts";

export const account = {
  kind: "account",
  prefix: "ACCOUNT",
  partition: ["id"],
  sort: [],
  listings: {
    /** Those who can act as one. */
    admins: {
      index: "owner",
      prefix: "ADMINS",
      partition: [],
      sort: ["id"],
      when: ({ roles, status }: Account) => roles.includes("admin") && status === "active",
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
/** A line of the directory that accounts are found in, written with its account. In no order of time: a partition is enough. */
export const directoryEntry = {
  kind: "directoryEntry",
  prefix: "DIRECTORY",
  partition: ["list", "field"],
  sort: ["term", "userId"],
  removable: true,
} as const satisfies Declaration<DirectoryEntry>;

/** The user pool's public keys: one item. */
export const signingKeys = {
  kind: "signingKeys",
  prefix: "SIGNING_KEYS",
  partition: [],
  sort: [],
} as const satisfies Declaration<object>;
