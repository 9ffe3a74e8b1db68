/** Networks that creators are on, and the seal that their tokens are kept under. */
import type { SocialPlatform } from "#shared/domain/social/platform";
import type { SocialAccount, SocialFigures } from "#shared/domain/social/social-account";
import type { LimitOf } from "#shared/domain/social/busy";
import type { SocialTokens, TokenOwner } from "#shared/domain/social/social-tokens";
import { OwnError } from "#shared/domain/kernel/own-error";

/** Who an account is, by the network's word alone. */
export type SocialIdentity = Pick<
  SocialAccount,
  "externalId" | "username" | "displayName" | "profileUrl" | "avatarUrl"
>;

/** One consent, from its beginning to its end. */
export interface Consent {
  readonly state: string;
  /** Of PKCE (RFC 7636, S256); networks without it are not sent it. 43 to 128 characters. */
  readonly codeVerifier: string;
}

/** What a consent gave. */
export interface Granted {
  readonly tokens: SocialTokens;
  /** Whose they are, where the network says it together with them; else they are to be read. */
  readonly identity: SocialIdentity | null;
}

/**
 * One network. Each call asks the network once, or says why not, and no call is repeated by itself but reads.
 *
 * @throws {NetworkRefused} the network says no, which another try does not change
 * @throws {NetworkBusy} it says "later", and when
 * @throws {Unavailable} it cannot be reached, and nothing was changed by it
 * @throws {OutcomeUnknown} of `exchange`, `refresh` and `revoke`: no answer came
 */
export interface SocialNetwork {
  /** Where its owner is asked for consent. Asks nobody. */
  authorizationUrl(consent: Consent): Promise<string>;
  /** A code for tokens. A code works once. */
  exchange(code: string, consent: Pick<Consent, "codeVerifier">): Promise<Granted>;
  /** New tokens. Where the network rotates refresh tokens, the old one is dead with the answer. */
  refresh(tokens: SocialTokens): Promise<SocialTokens>;
  /**
   * Takes the consent back; nothing more where it is gone already, or where the network has no way to. TikTok takes it back by an
   * access token that is good alone: one that has ended is nothing to it.
   */
  revoke(tokens: SocialTokens): Promise<void>;
  /** Whose the tokens are, and their figures as of now. */
  read(tokens: SocialTokens): Promise<{ readonly identity: SocialIdentity; readonly figures: SocialFigures }>;
}

export interface SocialNetworks {
  /** Asks nobody. */
  of(platform: SocialPlatform): SocialNetwork;
}

/**
 * `invalid_grant`: a code or token that the network does not take (any more). `insufficient_scope`: consent lacks what is read, or
 * it is of somebody who has nothing to read there, such as a Google account without a channel. `misconfigured`: our app itself,
 * whoever's tokens it asks with. `unexplained`: a no that says none of these: it may be about anybody, or about how we asked.
 */
export type NetworkRefusal = "invalid_grant" | "insufficient_scope" | "misconfigured" | "unexplained";

/** A network's no. Its own words are not in it: they quote people. */
export class NetworkRefused extends OwnError {
  readonly reason: NetworkRefusal;
  constructor(platform: SocialPlatform, reason: NetworkRefusal) {
    super(`${platform} refused: ${reason}`);
    this.name = "NetworkRefused";
    this.reason = reason;
  }
}

/** A network that has had enough for now: of us, or of what we ask for one account. */
export class NetworkBusy extends OwnError {
  readonly retryAfterSeconds: number;
  readonly whose: LimitOf;
  constructor(platform: SocialPlatform, retryAfterSeconds: number, whose: LimitOf = "everybody") {
    super(`${platform} is to be asked again in ${retryAfterSeconds} s`);
    this.name = "NetworkBusy";
    this.retryAfterSeconds = retryAfterSeconds;
    this.whose = whose;
  }
}

/** A seal does not open: it is another's, altered, or of a key that is not this stage's. Trying it again changes nothing. */
export class SealBroken extends OwnError {
  constructor(options?: ErrorOptions) {
    super("the seal of these tokens does not open", options);
    this.name = "SealBroken";
  }
}

/** Seals tokens under a key that leaves nobody's hands, bound to whose they are. */
export interface TokenSeals {
  seal(owner: TokenOwner, tokens: SocialTokens): Promise<string>;
  /** @throws {SealBroken} */
  open(owner: TokenOwner, sealed: string): Promise<SocialTokens>;
}
