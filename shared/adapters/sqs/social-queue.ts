import type { SocialQueue } from "#shared/ports/social-accounts";
import { sqsSender } from "./sender.ts";

/** The queue of work on accounts with networks. */
export const sqsSocialQueue = ({ SOCIAL_QUEUE_URL }: { readonly SOCIAL_QUEUE_URL: string }): SocialQueue => ({
  send: sqsSender(SOCIAL_QUEUE_URL, "the queue of accounts with networks"),
});
