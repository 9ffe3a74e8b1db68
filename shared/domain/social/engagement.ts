import type { SocialFigures } from "./social-account.ts";

/** What a post got. A network leaves out what its owner hides. */
export interface PostResponse {
  readonly likes: number | null;
  readonly comments: number | null;
}

/** How many of the latest posts are looked at. */
export const RATED_POSTS = 20;
/** As fine as it is told: beyond that digits say nothing. */
const FINENESS = 1e6;

/**
 * Likes and comments of the latest posts, a post and a follower, worked out alike for every network. A post
 * of which one of them is not known is not rated. Unknown where none is, and where followers are unknown or none.
 */
export function engagementOf(
  followerCount: number | null,
  posts: readonly PostResponse[],
): Pick<SocialFigures, "engagementRate" | "postsRated"> {
  const rated = posts
    .slice(0, RATED_POSTS)
    .flatMap(({ likes, comments }) => (likes === null || comments === null ? [] : [likes + comments]));
  if (!followerCount || rated.length === 0) return { engagementRate: null, postsRated: 0 };
  const rate = rated.reduce((sum, got) => sum + got, 0) / rated.length / followerCount;
  return { engagementRate: Math.round(rate * FINENESS) / FINENESS, postsRated: rated.length };
}

/** Of an account of which nothing was read yet. */
export const noFigures: SocialFigures = {
  followerCount: null,
  followingCount: null,
  postCount: null,
  ...engagementOf(null, []),
};
