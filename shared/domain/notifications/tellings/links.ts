/** What brands are told about what their links begin with. */
import { brand, type TellingsOf } from "./telling.ts";

export const linksTellings: TellingsOf<`link_prefix.${string}`> = {
  "link_prefix.awarded": [
    {
      who: brand,
      channels: ["inApp", "mail"],
      category: "campaigns",
      text: ({ prefix, replaced }) => ({
        title: `The link prefix “${prefix}” is yours`,
        message: `New links of yours can begin with it${replaced === null ? "" : `, in place of “${replaced}”`}. Links that are out lead on.`,
      }),
    },
  ],
  "link_prefix.lost": [
    {
      who: brand,
      channels: ["inApp", "mail"],
      category: "campaigns",
      owed: "law: a business that may use a service less than before is given the reasons (Regulation (EU) 2019/1150, Article 4)",
      toSuspended: true,
      text: ({ prefix, reason }) => ({
        title: `The link prefix “${prefix}” is yours no longer`,
        message: [
          "One of our admins gave it, or one that looks like it, to another brand.",
          "Your links that are out lead on, and you can claim another prefix. If you think this is wrong, write to us.",
          `The reason: ${reason}`,
        ].join(" "),
      }),
    },
  ],
};
