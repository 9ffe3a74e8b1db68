import * as z from "zod";

/** Networks that creators are on. `twitter` is X: the name that clients know it by. */
export const SocialPlatform = z.enum(["instagram", "tiktok", "twitter", "linkedin", "youtube"]);
export type SocialPlatform = z.infer<typeof SocialPlatform>;
