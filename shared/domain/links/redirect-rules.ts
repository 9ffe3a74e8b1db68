/** Where else than to its destination a link may lead: by rules, and by the shares of a split. `tracking/routing.ts` goes by them. */
import * as z from "zod";
import { Instant, InstantInput } from "../kernel/time.ts";
import { devices } from "../tracking/device.ts";

const MOST_RULES = 10;
const MOST_SHARES = 10;
const MOST_NAMED = 50;
const MOST_WEIGHT = 1_000;

export const Address = z.string().min(1).max(2_000);

/** ISO 3166-1 alpha-2, as CloudFront names countries. */
const Country = z.string().regex(/^[A-Z]{2}$/, "must be a country's two letters, such as DE");
/** A language, or one of a region. Source: RFC 4647, "basic language range". */
const Language = z
  .string()
  .regex(/^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i, "must be a language, such as de or pt-BR")
  .toLowerCase();

const whenOf = <T extends z.ZodType>(instant: T) => ({
  countries: z.array(Country).min(1).max(MOST_NAMED).optional(),
  devices: z.array(z.enum(devices)).min(1).optional(),
  languages: z.array(Language).min(1).max(MOST_NAMED).optional(),
  /** From this instant on. */
  from: instant.optional(),
  /** Before this instant. */
  until: instant.optional(),
});
const When = z.object(whenOf(Instant));

/** Of the rules that a visit fits, the one with the lowest number leads. */
const priority = z.int().min(1).max(1_000);
const weight = z.int().min(1).max(MOST_WEIGHT);

/** Where visitors are sent in place of the destination, where a template adds to it. */
const landingUrl = z.string().optional();

export const LinkRule = z.object({ priority, when: When, destinationUrl: z.string(), landingUrl });
export type LinkRule = z.infer<typeof LinkRule>;

/** One of a split's destinations: so many of all the weights' visitors go there. */
export const LinkShare = z.object({ destinationUrl: z.string(), landingUrl, weight });
export type LinkShare = z.infer<typeof LinkShare>;

const NewWhen = z
  .strictObject(whenOf(InstantInput))
  .refine((when) => Object.values(when).some((value) => value !== undefined), "must say when")
  .refine(({ from, until }) => from === undefined || until === undefined || from < until, {
    path: ["until"],
    error: "must be after from",
  });

/** Rules in any order; they are kept in that of their priorities. */
export const NewRules = z
  .array(z.strictObject({ priority, when: NewWhen, destinationUrl: Address }))
  .max(MOST_RULES)
  .refine(
    (rules) => new Set(rules.map((rule) => rule.priority)).size === rules.length,
    "must each have another priority",
  )
  .transform((rules) => rules.toSorted((one, other) => one.priority - other.priority));

/** All of a split's destinations; none: everybody goes to the link's own. */
export const NewSplit = z
  .array(z.strictObject({ destinationUrl: Address, weight }))
  .max(MOST_SHARES)
  .refine((shares) => shares.length !== 1, "must have two destinations at least, or none");
