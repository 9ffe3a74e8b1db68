import type { Instant } from "../kernel/time.ts";

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
