import * as z from "zod";
import { Role } from "../kernel/actor.ts";
import { CreatorProfile, Location } from "./account.ts";

/** What a person may say about themselves; null clears a field. */
export const ProfileChanges = z
  .strictObject({
    fullName: z.string().trim().min(1).max(200),
    avatarUrl: z
      .url({ protocol: /^https$/ })
      .max(2_000)
      .nullable(),
    bio: z.string().max(2_000).nullable(),
    location: Location.nullable(),
    phone: z
      .string()
      .regex(/^\+[1-9]\d{6,14}$/, "must be in E.164 form, like +15550100")
      .nullable(),
    creator: CreatorProfile,
  })
  .partial();

/** Roles an admin gives: at least one, each once. */
export const RoleAssignment = z.strictObject({
  roles: z
    .array(Role)
    .min(1)
    .max(3)
    .refine((roles) => new Set(roles).size === roles.length, "must not repeat a role"),
});
