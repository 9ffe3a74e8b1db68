import { Category } from "../campaigns/campaign.ts";
import { SocialPlatform } from "../social/platform.ts";
import { languages } from "./languages.ts";

/** What profiles and searches name, for those who choose; languages by the names that they have in English. */
export function profileWords() {
  const names = new Intl.DisplayNames(["en"], { type: "language" });
  return {
    categories: [...Category.options],
    languages: languages.map((code) => ({ code, name: names.of(code) ?? code })),
    platforms: [...SocialPlatform.options],
  };
}
