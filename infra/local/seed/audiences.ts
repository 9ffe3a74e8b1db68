/** What the networks know of the demo's creators, who connect their accounts there as everybody does. */
import type { SocialPlatform } from "#shared/domain/social/platform";
import type { Cast } from "./campaigns.ts";
import type { DemoClient } from "./client.ts";
import { fewAtOnce } from "./few-at-once.ts";
import type { creators } from "./people.ts";

interface Audience {
  readonly platform: SocialPlatform;
  readonly followers: number;
  /** Likes and comments of a post, for each hundred followers. */
  readonly engagementPercent: number;
}

const on = (platform: SocialPlatform, followers: number, engagementPercent: number): Audience => ({
  platform,
  followers,
  engagementPercent,
});

const audiences: Readonly<Record<keyof typeof creators, readonly Audience[]>> = {
  // The creator whose token a start prints, with TikTok left to connect.
  mia: [on("instagram", 48_230, 3.9), on("youtube", 121_460, 2.7)],
  leo: [on("tiktok", 36_740, 7.8), on("youtube", 152_000, 2.4)],
  aiko: [on("instagram", 310_890, 2.1)],
  omar: [on("tiktok", 64_810, 5.1), on("youtube", 18_900, 4.4)],
  sofia: [on("tiktok", 12_450, 9.6), on("youtube", 41_200, 3.3)],
  noah: [on("instagram", 92_170, 2.8)],
  chloe: [on("instagram", 5_870, 6.9)],
  // Posts that hardly any of so many followers likes are flagged to brands.
  lucas: [on("instagram", 87_360, 1.7), on("tiktok", 203_950, 0.4)],
  zoe: [on("instagram", 23_640, 4.6)],
  ivan: [on("twitter", 27_380, 1.2), on("linkedin", 8_410, 0)],
  ella: [on("instagram", 19_120, 5.3), on("tiktok", 54_300, 6.7)],
  kofi: [on("instagram", 15_330, 7.4), on("youtube", 6_420, 5.8)],
};

const POSTS = 48;
/** Posts do not all do equally well; over any five in a row, the mean is 1. */
const SPREAD = [0.7, 1.3, 0.9, 1.6, 0.5] as const;
const COMMENTS_SHARE = 0.04;

function postsOf({ followers, engagementPercent }: Audience): readonly { likes: number; comments: number }[] {
  return Array.from({ length: POSTS }, (_, at) => {
    const got = ((followers * engagementPercent) / 100) * (SPREAD[at % SPREAD.length] ?? 1);
    const comments = Math.round(got * COMMENTS_SHARE);
    return { likes: Math.round(got) - comments, comments };
  });
}

/** Connects them all, one person's one after another: each changes how that person is found. */
export async function connectAudiences(client: DemoClient, cast: Cast): Promise<void> {
  await fewAtOnce(
    Object.entries(audiences),
    async ([name, theirs]) => {
      const creator = cast[name as keyof typeof creators];
      const [username = ""] = creator.email.split("@");
      for (const audience of theirs) {
        const { platform, followers } = audience;
        await client.connect(creator, { platform, username, followers, posts: postsOf(audience) });
      }
    },
    2,
  );
}
