import type { RefusalCode } from "../kernel/refusal.ts";

export const userRefusals = {
  notFound: { kind: "not_found", code: "user.not_found", title: "There is no such user" },
  lastAdmin: { kind: "conflict", code: "role.last_admin", title: "The last admin cannot be demoted" },
  roleNotOffered: {
    kind: "invalid",
    code: "sign_up.role_not_offered",
    title: "You can sign up as a brand or as a creator",
  },
} as const satisfies Record<string, RefusalCode>;
