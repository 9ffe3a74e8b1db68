/** What is usual, network by network, with where it is said. A network of which nothing comparable is said has no band. */
import type { SocialPlatform } from "./platform.ts";

export interface Band {
  /** Of accounts with fewer followers than this. */
  readonly below: number;
  readonly low: number;
  readonly high: number;
}

export interface Bands {
  readonly source: string;
  readonly bands: readonly Band[];
}

const TIERS = [10_000, 50_000, 500_000, 1_000_000, Infinity] as const;
const tiers = (...edges: readonly (readonly [low: number, high: number])[]): readonly Band[] =>
  TIERS.flatMap((below, at) => {
    const [low, high] = edges[at] ?? [];
    return low === undefined || high === undefined ? [] : [{ below, low, high }];
  });

/**
 * Engagement by size: below a third of what is "below average" for the size, or above three times what is "good", it is out of
 * band. The factor is ours: such tables are of averages, and most honest accounts are not average.
 */
const UNTAPPER =
  "untapper.com/influencer-marketing-benchmarks, tiers of 2026, read 2026-11-27; a third of below average to three times good";

export const engagementBands: Partial<Readonly<Record<SocialPlatform, Bands>>> = {
  instagram: {
    source: UNTAPPER,
    bands: tiers([0.01, 0.15], [0.0066, 0.105], [0.005, 0.075], [0.0033, 0.054], [0.0023, 0.036]),
  },
  tiktok: {
    source: UNTAPPER,
    bands: tiers([0.02, 0.3], [0.0133, 0.21], [0.01, 0.15], [0.0066, 0.105], [0.0033, 0.06]),
  },
  twitter: {
    source:
      "sociavault.com/blog/vet-influencers-detect-fake-followers-2025, 0.5 to 3 %, read 2026-11-27; a third to three times",
    bands: [{ below: Infinity, low: 0.0016, high: 0.09 }],
  },
};

/** Who follows so many is a "mass follower", whom hardly anybody's posts reach. */
export const massFollowing = {
  following: 1_500,
  /** Followed for each follower. Ours: with more, followers came for being followed. */
  ratio: 0.5,
  source:
    "HypeAuditor's mass followers, of 1,500 followed and more (syncly.app/blog/how-to-detect-fake-followers-before-influencer-partnerships, read 2026-11-27); the ratio is ours",
};

/** Of a rate of fewer posts nothing is said. */
export const FEWEST_POSTS = 5;
