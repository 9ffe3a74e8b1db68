import type { IncomingMessage } from "node:http";
import { expect, test } from "@jest/globals";
import { callbackPages, callbackPath } from "#infra/local/callback";
import { SocialPlatform } from "#shared/domain/social/platform";

const pages = callbackPages("http://localhost:4000");
const shown = async (query: string) =>
  (await pages[callbackPath("tiktok")]?.({} as IncomingMessage, new URL(`http://x/?${query}`)))?.body ?? "";

test("there is one for every network", () => {
  expect(Object.keys(pages)).toEqual(SocialPlatform.options.map((platform) => `/social/${platform}/callback`));
});

test("shows code and state, ready to paste, and runs nothing that it was sent", async () => {
  const page = await shown("code=abc&state=xyz");
  expect(page).toContain("http://localhost:4000/v1/social-accounts/tiktok");
  expect(page).toContain("{&quot;code&quot;:&quot;abc&quot;,&quot;state&quot;:&quot;xyz&quot;}");
  expect(await shown("code=%3Cscript%3E&state='%3B rm")).not.toMatch(/<script>|';/);
});

test("says that somebody did not consent", async () => {
  expect(await shown("error=access_denied&state=xyz")).toContain("access_denied");
});
