/** What a creator can do for each factor. Of what nobody knows, the typical is assumed: to show less than that raises nothing. */
import { type Judged, MOST_ENGAGEMENT, stepsOf, TYPICAL } from "./values.ts";
import type { FactorName } from "./weights.ts";

const UNTIL_THEN = "so many are assumed until then.";

export const raises: Readonly<Record<FactorName, (judged: Judged) => string>> = {
  reach: ({ followers }) =>
    followers === null
      ? `Connect an account that more than ${TYPICAL.followers.toLocaleString("en-US")} follow, by what its network tells: ${UNTIL_THEN}`
      : "More followers on this account.",
  engagement: (judged) => {
    const { engagementRate } = judged;
    if (engagementRate === null)
      return `More than ${100 * TYPICAL.engagementRate} likes and comments a post for each 100 followers, by many, where the network tells of them: ${UNTIL_THEN}`;
    if (stepsOf({ ...judged, engagementRate: MOST_ENGAGEMENT }).engagement > stepsOf(judged).engagement)
      return "More likes and comments for each follower on the latest posts.";
    // Where few follow, the most that there can be is worth no more than what there is.
    const what =
      engagementRate > TYPICAL.engagementRate ? "As much or more" : "More likes and comments for each follower,";
    return `${what} on more posts, by more followers: what few of them do says little.`;
  },
  delivery: ({ owed }) =>
    owed === 0 ? "Hand in work for a first campaign by its date." : "Hand in the next pieces by their dates.",
  approval: ({ decided }) => (decided === 0 ? "Have a first piece approved." : "Have more of your pieces approved."),
  clicks: ({ clickFollowers }) =>
    clickFollowers === 0
      ? `More visitors than 1 for each ${1 / TYPICAL.clicks} followers, by short links in campaigns that run their time: ${UNTIL_THEN}`
      : "More visitors for each follower on the links of your next campaigns.",
  focus: () => "Name fewer categories: those that you make most for.",
};
