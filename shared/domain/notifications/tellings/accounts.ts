/** What people are told about their own account. */
import { owner, type TellingsOf } from "./telling.ts";

export const accountsTellings: TellingsOf<`account.${string}`> = {
  "account.created": [],
  "account.profile_changed": [],
  "account.address_changed": [],
  "account.roles_changed": [
    {
      // The roles that somebody signed up with are no news to them.
      who: ({ userId, isFirst }) => (isFirst === true ? [] : userId),
      channels: ["inApp", "mail"],
      category: "system",
      owed: "safety of the account: whoever did not ask for it must hear of it",
      text: ({ roles }) => ({
        title: "What you may do was changed",
        message: `You are now ${roles.join(" and ")}. If you did not expect this, write to us.`,
      }),
    },
  ],
  "account.suspended": [
    {
      who: owner,
      channels: ["inApp", "mail"],
      category: "system",
      owed: "law: a suspended account's owner is given the reasons (Regulation (EU) 2022/2065, Article 17)",
      toSuspended: true,
      text: ({ reason }) => ({
        title: "Your account was suspended",
        message: [
          "You cannot use it for now, and no money moves for you. What was secured for your work stays secured.",
          ...(typeof reason === "string" ? [`The reason: ${reason}`] : []),
          "If you think this is wrong, write to us.",
        ].join(" "),
      }),
    },
  ],
  "account.reinstated": [
    {
      who: owner,
      channels: ["inApp", "mail"],
      category: "system",
      owed: "law: whoever was told that they are suspended is told that it is over",
      text: () => ({
        title: "Your account is open again",
        message: "You can sign in and go on. What was held back for you goes on by itself.",
      }),
    },
  ],
};
