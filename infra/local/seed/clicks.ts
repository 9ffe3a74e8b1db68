/** Who follows the demo's links: all visitors come from one address, so they differ by agent. */
import type { DemoClient, Visit } from "./client.ts";

const browser = (version: number): Visit => ({
  agent: `Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version}.0.0.0 Safari/537.36`,
});
const phone = (version: number): Visit => ({
  agent: `Mozilla/5.0 (iPhone; CPU iPhone OS ${version}_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/${version}.0 Mobile/15E148 Safari/604.1`,
});

const people = [browser(128), browser(129), browser(130), browser(131), phone(16), phone(17), phone(18)];

/** People, some of whom come back, and what is not counted as a click. */
const crowd: readonly Visit[] = [
  ...people,
  ...people.slice(0, 3),
  { agent: "curl/8.11.0" },
  { agent: "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)" },
  { agent: "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)" },
  { agent: "Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)" },
  { ...browser(132), headers: { "sec-purpose": "prefetch" } },
  { ...browser(133), method: "HEAD" },
];

/** The first `share` of the crowd follows a link, one after another. */
export async function follow(client: DemoClient, code: string, share = crowd.length): Promise<void> {
  for (const visit of crowd.slice(0, share)) await client.visit(code, visit);
}
