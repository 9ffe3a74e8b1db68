import type { RefusalCode } from "../kernel/refusal.ts";

export const userRefusals = {
  notFound: { kind: "not_found", code: "user.not_found", title: "There is no such user" },
  creatorNotFound: { kind: "not_found", code: "creator.not_found", title: "There is no such creator" },
  lastAdmin: { kind: "conflict", code: "role.last_admin", title: "The last admin cannot be demoted" },
  emailUnusable: {
    kind: "invalid",
    code: "sign_up.email_unusable",
    title: "This is no e-mail address that we can write to",
  },
  externalUnverified: {
    kind: "invalid",
    code: "sign_up.external_unverified",
    title: "Your address there is not verified",
  },
  addressUnconfirmed: {
    kind: "conflict",
    code: "sign_up.address_unconfirmed",
    title: "Somebody began to sign up with this address: confirm it with the code that was mailed first",
  },
  roleNotOffered: {
    kind: "invalid",
    code: "sign_up.role_not_offered",
    title: "You can sign up as a brand or as a creator",
  },
} as const satisfies Record<string, RefusalCode>;
