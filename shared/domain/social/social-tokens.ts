import * as z from "zod";
import { UserId } from "../kernel/ids.ts";
import { Instant } from "../kernel/time.ts";
import { SocialPlatform } from "./platform.ts";

/** What a network gives for a consent. Secret: it is never stored, logged, shown or put into an event as it is. */
export interface SocialTokens {
  readonly accessToken: string;
  /** Until when the network takes it. */
  readonly expiresAt: Instant;
  /** Null where the network has none: Instagram renews by the access token itself, LinkedIn gives one to partners alone. */
  readonly refreshToken: string | null;
  /** Null where the network names no end. */
  readonly refreshExpiresAt: Instant | null;
  /** What was consented to, as the network spells it. */
  readonly scopes: readonly string[];
}

/** Whose tokens they are: what they are sealed under, so that nobody's open for anybody else. */
export interface TokenOwner {
  readonly userId: string;
  readonly platform: string;
}

/** Somebody's tokens as they are stored: sealed, with what must be known without opening them. Nobody is ever shown one. */
export const SocialToken = z.object({
  userId: UserId,
  platform: SocialPlatform,
  sealed: z.string(),
  expiresAt: Instant,
  /** From when on they are renewed, also where nobody uses them. */
  refreshDueAt: Instant,
  /** Who is renewing them, and until when nobody else does. */
  refreshingBy: z.string().optional(),
  refreshingUntil: Instant.optional(),
  version: z.int(),
  updatedAt: Instant,
});
export type SocialToken = z.infer<typeof SocialToken>;

/** A consent that is to be taken back at its network, by the tokens it gave. They go with the network's word that it is. */
export const SocialRevocation = z
  .object({
    userId: UserId,
    platform: SocialPlatform,
    /**
     * What tells it apart from others of the same person and network, also of the same millisecond. Its key is made of it, so that one
     * that was stored before it had any has the moment in its place.
     */
    id: z.string().optional(),
    /** The network's id of the account that it was given for. */
    externalId: z.string(),
    sealed: z.string(),
    expiresAt: Instant,
    requestedAt: Instant,
    /** From when on the network is asked again. */
    tryAt: Instant,
    version: z.int(),
  })
  .transform((stored) => ({ ...stored, id: stored.id ?? stored.requestedAt }));
export type SocialRevocation = z.infer<typeof SocialRevocation>;

/** A consent that somebody was sent for, by the digest of its state. It is taken once. */
export const SocialConsent = z.object({
  digest: z.string(),
  userId: UserId,
  platform: SocialPlatform,
  /** Of PKCE. It leaves us for the network alone, together with the code. */
  codeVerifier: z.string(),
  expiresAt: Instant,
  spentAt: Instant.optional(),
  version: z.int(),
  createdAt: Instant,
});
export type SocialConsent = z.infer<typeof SocialConsent>;
