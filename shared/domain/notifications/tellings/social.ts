/** What creators are told about their accounts with networks. */
import { platformNames } from "../../social/platform-names.ts";
import { owner, type TellingsOf } from "./telling.ts";

export const socialTellings: TellingsOf<`social.${string}`> = {
  // Whoever does it knows it.
  "social.account_connected": [],
  "social.account_disconnected": [],
  "social.account_synced": [],
  "social.sync_requested": [],
  "social.reconnect_needed": [
    {
      who: owner,
      channels: ["inApp", "mail"],
      category: "system",
      text: ({ platform }) => ({
        title: `Connect your ${platformNames[platform]} account again`,
        message: `${platformNames[platform]} lets us read your account no longer, so brands see its last figures. Connect it again to keep them up to date.`,
      }),
    },
  ],
};
