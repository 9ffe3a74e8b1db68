import * as z from "zod";
import { Category } from "../campaigns/campaign.ts";
import { Role } from "../kernel/actor.ts";
import { visibleText } from "../kernel/visible-text.ts";
import { Location, PriceBand } from "./account.ts";
import { isLanguage } from "./languages.ts";

const isEachOnce = (values: readonly string[]): boolean => new Set(values).size === values.length;
const EACH_ONCE = "must not repeat any";

/** What a creator may say that they make. An account from before these lists stays readable as it is. */
const CreatorInput = z.strictObject({
  categories: z.array(Category).max(10).refine(isEachOnce, EACH_ONCE),
  languages: z
    .array(z.string().refine(isLanguage, "must be an ISO 639-1 code, like en"))
    .max(10)
    .refine(isEachOnce, EACH_ONCE),
  price: PriceBand.refine(({ min, max }) => min <= max, {
    path: ["max"],
    error: "must not be less than min",
  }).optional(),
});

/** What a person may say about themselves; null clears a field. */
export const ProfileChanges = z
  .strictObject({
    fullName: visibleText(200),
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
    creator: CreatorInput,
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
