import type { Notice } from "../notice.ts";

/** Where a mail's button leads to, in the web client, and what it says. */
export interface Button {
  readonly label: string;
  readonly url: string;
}

const pages = {
  campaigns: { label: "Open your campaigns", path: "/campaigns" },
  submissions: { label: "Open your campaigns", path: "/campaigns" },
  payments: { label: "Open your wallet", path: "/wallet" },
  system: { label: "Open Atomic Influence", path: "/" },
} as const satisfies Record<Notice["category"], { readonly label: string; readonly path: string }>;

/**
 * The campaign that the notice is about, or else the page of its category. Of what people wrote nothing can get into the
 * address: it is the stage's own, and an id of ours.
 */
export function buttonOf({ category, about }: Notice, appUrl: string): Button {
  const campaignId = about["campaignId"];
  if (campaignId !== undefined && category !== "payments")
    return { label: "Open the campaign", url: `${appUrl}/campaigns/${encodeURIComponent(campaignId)}` };
  const { label, path } = pages[category];
  return { label, url: `${appUrl}${path}` };
}
