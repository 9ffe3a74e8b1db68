import * as z from "zod";
import { Role } from "../kernel/actor.ts";
import { UserId } from "../kernel/ids.ts";
import { Currency, MAX_AMOUNT_MINOR } from "../kernel/money.ts";
import { Instant } from "../kernel/time.ts";

export const AccountStatus = z.enum(["active", "suspended"]);

/** Where somebody is: ISO 3166-1 alpha-2 country and, where useful, ISO 3166-2 region. */
export const Location = z.strictObject({
  country: z.string().regex(/^[A-Z]{2}$/, "must be an ISO 3166-1 alpha-2 code"),
  region: z
    .string()
    .regex(/^[A-Z]{2}-[A-Z0-9]{1,3}$/, "must be an ISO 3166-2 code")
    .optional(),
});

const Price = z.int().min(0).max(MAX_AMOUNT_MINOR).meta({ description: "Minor units" });

/** What a creator asks for one piece of content, from and to. */
export const PriceBand = z.strictObject({ currency: Currency, min: Price, max: Price });
export type PriceBand = z.infer<typeof PriceBand>;

/** What a creator makes, in which languages and for how much; brands are matched by it. What may be said: `input.ts`. */
export const CreatorProfile = z.strictObject({
  categories: z.array(z.string().min(1).max(40)).max(10),
  languages: z.array(z.string().regex(/^[a-z]{2,3}$/, "must be an ISO 639 code")).max(10),
  price: PriceBand.optional(),
});

/** Whose decision a ban was, why, and from when to when it held. What was stored before bans were kept says no more than its status. */
export const Ban = z.object({
  by: z.string().optional(),
  reason: z.string().nullable(),
  since: Instant,
  until: Instant.optional(),
  /** The account whose ban this one follows, because both have one address; left out of one that was decided for itself. */
  sameAddressAs: UserId.optional(),
});
export type Ban = z.infer<typeof Ban>;

/** A person, as stored. `roles` is what holds, whatever an old token says. */
export const Account = z.object({
  id: UserId,
  email: z.email(),
  fullName: z.string(),
  avatarUrl: z.url().nullable(),
  bio: z.string().nullable(),
  location: Location.nullable(),
  phone: z.string().nullable(),
  creator: CreatorProfile.optional(),
  roles: z.array(Role),
  status: AccountStatus,
  /** The last one; it holds while the account is suspended. */
  ban: Ban.optional(),
  /** Set while Cognito's groups have not caught up with `roles`; until then groups in a token add nothing. */
  groupsPending: z.boolean(),
  /** What the groups may have said before they last caught up, and when they did: what is still under way from then is not news. */
  groupsWere: z.array(Role).optional(),
  groupsSetAt: Instant.optional(),
  /**
   * Since when its owner signs in with a second factor, by the machine's clock as tokens are; kept of admins, on stages that
   * ask it of them. Who signed in before that is no admin.
   */
  secondFactorSince: Instant.optional(),
  version: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Account = z.infer<typeof Account>;
