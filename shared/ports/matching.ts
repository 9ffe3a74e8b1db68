import type { Brief } from "#shared/domain/matching/brief";
import type { CardContent, CreatorCard } from "#shared/domain/matching/card";
import type { Exposure } from "#shared/domain/matching/exposure";
import type { Rank } from "#shared/domain/matching/rank";
import type { PastResult } from "#shared/domain/matching/past-result";
import type { IndexRebuild } from "#shared/domain/matching/index-rebuild";
import type { CreatorFilter } from "#shared/domain/matching/search";
import type { Invitation } from "#shared/domain/invitations/invitation";
import type { Participant } from "#shared/domain/invitations/participant";
import type { Account } from "#shared/domain/users/account";
import type { Page, PageRequest } from "./page.ts";

/** A creator who is shown: their account as it is, with figures of their accounts as they were last taken in. */
export interface FoundCreator {
  readonly account: Account;
  readonly card: CardContent;
}

export interface Creators {
  /**
   * Those who are looked for, each once: by name where a name is, or else the most deserving first. What changed in the last
   * seconds may be found as it was; who is suspended by then is not found.
   */
  find(filter: CreatorFilter, page: PageRequest): Promise<Page<FoundCreator>>;
}

/** Somebody whom a campaign could be proposed, and what they have to do with it already. */
export interface FoundCandidate extends FoundCreator {
  readonly invitation: Invitation | undefined;
  readonly participant: Participant | undefined;
}

/** Creators who rank before all that were not read yet. */
export interface Ahead {
  /** By what the index says, best first. Who has an account of which it does not tell whether it is in range may rank lower. */
  readonly creators: readonly { readonly creatorId: string; readonly rank: Rank }[];
  /** False for the last that are given when reading stops at its limit: they are the best of what was read. */
  readonly isProven: boolean;
}

export interface Candidates {
  /**
   * Creators in order of what the index says that they score for a campaign, each once: in the order that a full sort of everybody
   * in the index would give. As much of the index is read as that takes, up to a limit.
   */
  inOrder(brief: Brief): AsyncIterable<Ahead>;
  /** Those of them who are shown, with all that proposing them depends on, read now. */
  some(campaignId: string, creatorIds: readonly string[]): Promise<readonly FoundCandidate[]>;
}

export interface CreatorCards {
  /** Strongly consistent. */
  get(userId: string): Promise<CreatorCard | undefined>;
}

export interface IndexRebuilds {
  /** Strongly consistent. */
  state(): Promise<IndexRebuild | undefined>;
}

export interface PastResults {
  /** Strongly consistent. */
  get(creatorId: string, campaignId: string): Promise<PastResult | undefined>;
  /** Of all campaigns that they took part in. */
  ofCreator(creatorId: string): Promise<readonly PastResult[]>;
}

export interface Exposures {
  /** Keeps whom a campaign was proposed, in place of what it was proposed before on that day. */
  note(exposure: Exposure): Promise<void>;
  /** Of a UTC day, of all campaigns, so many at most and whether that is all; the last seconds may be missing. */
  ofDay(day: string, most: number): Promise<{ readonly lists: readonly Exposure[]; readonly isWhole: boolean }>;
}
