/** What a creator can do for each factor. */
import { type Judged, MOST_ENGAGEMENT, stepsOf } from "./values.ts";
import type { FactorName } from "./weights.ts";

export const raises: Readonly<Record<FactorName, (judged: Judged) => string>> = {
  reach: ({ followers }) =>
    followers === null
      ? "Connect an account whose network tells how many follow it."
      : "More followers on this account.",
  engagement: (judged) => {
    if (judged.engagementRate === null)
      return "Connect an account whose network tells of likes and comments, or post there.";
    // Where few follow, the most that there can be is worth no more than what there is.
    return stepsOf({ ...judged, engagementRate: MOST_ENGAGEMENT }).engagement > stepsOf(judged).engagement
      ? "More likes and comments for each follower on the latest posts."
      : "As much or more on more posts, by more followers: what few of them do says little.";
  },
  delivery: ({ owed }) =>
    owed === 0 ? "Hand in work for a first campaign by its date." : "Hand in the next pieces by their dates.",
  approval: ({ decided }) => (decided === 0 ? "Have a first piece approved." : "Have more of your pieces approved."),
  clicks: ({ clickFollowers }) =>
    clickFollowers === 0
      ? "Finish a campaign in which you shared a short link."
      : "More visitors for each follower on the links of your next campaigns.",
  focus: () => "Name fewer categories: those that you make most for.",
};
