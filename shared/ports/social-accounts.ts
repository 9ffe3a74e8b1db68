import type { Taking } from "#shared/domain/social/consent";
import type { Connection } from "#shared/domain/social/disconnect";
import type { Instant } from "#shared/domain/kernel/time";
import type { SocialPlatform } from "#shared/domain/social/platform";
import type {
  AudienceEvidence,
  AccountName,
  NetworkPause,
  SocialAccount,
  SocialClaim,
  SocialDay,
} from "#shared/domain/social/social-account";
import type { SocialConsent, SocialRevocation, SocialToken } from "#shared/domain/social/social-tokens";
import type { SyncCase } from "#shared/domain/social/sync";
import type { SocialWork } from "#shared/domain/social/work";
import type { Page, PageRequest } from "./page.ts";

export interface SocialAccounts {
  /** Strongly consistent. */
  get(userId: string, platform: SocialPlatform): Promise<SocialAccount | undefined>;
  /** All of a person's, by platform; one of each at most. Strongly consistent. */
  ofPerson(userId: string): Promise<readonly SocialAccount[]>;
  /** The same, in pages. */
  page(userId: string, page: PageRequest): Promise<Page<SocialAccount>>;
  /** Those that are connected and due to be read, longest overdue first; read as they are asked for. */
  due(now: Instant): AsyncIterable<AccountName>;
  /** Everybody's that are connected; read as they are asked for. */
  connected(): AsyncIterable<AccountName>;
}

export interface SocialDays {
  /** Those of a person between two UTC days, both included, by platform and day. */
  ofPerson(
    userId: string,
    span: { readonly from: string; readonly to: string; readonly platform?: SocialPlatform | undefined },
  ): Promise<readonly SocialDay[]>;
}

/** What is known of one person's account with one network, with what may be done about it. */
export interface SocialCases {
  /** With today's row of its history. Strongly consistent, of one moment as far as it is one person's. */
  of(name: AccountName, today: string): Promise<SyncCase>;
  /** With who claims it, and its history of late. Undefined where there is none. */
  connection(name: AccountName, now: Instant): Promise<Connection | undefined>;
}

/** Accounts as their networks know them, whoever has them connected here. */
export interface SocialClaims {
  /** Strongly consistent. */
  get(platform: SocialPlatform, externalId: string): Promise<SocialClaim | undefined>;
  /** What is kept of one from when it was connected before. Strongly consistent. */
  kept(platform: SocialPlatform, externalId: string): Promise<AudienceEvidence | undefined>;
}

export interface SocialTokensStored {
  /** Strongly consistent. */
  get(name: AccountName): Promise<SocialToken | undefined>;
  /** Those that are to be renewed, longest overdue first; read as they are asked for. */
  due(now: Instant): AsyncIterable<AccountName>;
}

export interface SocialRevocations {
  /** Those that are due to be asked for, longest overdue first; read as they are asked for. */
  due(now: Instant): AsyncIterable<SocialRevocation>;
  /** The next version in its place. @throws ConditionsFailed where somebody else was quicker */
  keep(was: SocialRevocation, next: SocialRevocation): Promise<void>;
  /** It is over, and its tokens with it. @throws ConditionsFailed where somebody else was quicker */
  end(revocation: SocialRevocation): Promise<void>;
}

export interface SocialConsents {
  /** By the digest of its state. Strongly consistent. */
  get(digest: string): Promise<SocialConsent | undefined>;
  /**
   * Takes a state and a code, together and once, for ever: of all who try, one is told `taken`. Nothing is taken where one of
   * the two was.
   * @param codeDigest of the code that came with it
   */
  take(consent: SocialConsent, codeDigest: string, now: Instant): Promise<Taking>;
}

export interface NetworkPauses {
  /** Of networks that are not asked at this moment. */
  at(now: Instant): Promise<readonly NetworkPause[]>;
}

/** Work on accounts with networks, each a message of its own: one that fails holds up no other. */
export interface SocialQueue {
  /** @throws Unavailable when it was not taken, or is not known to be. */
  send(work: SocialWork, afterSeconds?: number): Promise<void>;
}
