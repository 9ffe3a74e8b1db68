/** A crowd of visitors at once: every hit is answered, and counted once, in one class. */
import { beforeAll, expect, test } from "@jest/globals";
import { joined, launched, type Launched } from "../support/campaign-steps.ts";
import { eventually, type Person, signUp, stack } from "../support/local-stage.ts";

let brand: Person;
let creator: Person;
let launch: Launched;
let code: string;

beforeAll(async () => {
  [brand, creator] = await Promise.all([signUp("brand"), signUp("creator")]);
  launch = await launched(brand, { destinationHosts: ["shop.example.com"] });
  await joined(brand, creator, launch);
  const link = await creator.post(`/v1/campaigns/${launch.campaignId}/links`, {
    destinationUrl: "https://shop.example.com/x?a=1",
    passClickId: true,
  });
  code = String(link.body.code);
}, 60_000);

const agents = Array.from(
  { length: 40 },
  (_, at) => `Mozilla/5.0 (X11; Linux x86_64) Chrome/131.0.${at}.0 Safari/537.36`,
);
const robots = ["curl/8.5.0", "Googlebot/2.1 (+http://www.google.com/bot.html)", "", "python-requests/2.31"];
const unfurlers = ["facebookexternalhit/1.1", "Slackbot-LinkExpanding 1.0", "Twitterbot/1.0", "WhatsApp/2.23.20"];

const visit = async (agent: string, headers: Record<string, string> = {}, method = "GET") => {
  const reply = await fetch(`${stack.linkUrl}/t/${code}`, {
    method,
    redirect: "manual",
    headers: { "user-agent": agent, ...headers },
  });
  return { status: reply.status, location: reply.headers.get("location") ?? "" };
};

/** A page that shows the pixel. */
async function view(agent: string): Promise<readonly unknown[]> {
  const reply = await fetch(`${stack.linkUrl}/t/${code}/pixel.gif`, { headers: { "user-agent": agent } });
  const gif = Buffer.from(await reply.arrayBuffer());
  return [reply.status, reply.headers.get("content-type"), reply.headers.get("cache-control"), gif.length];
}

test("ten visits of each of forty visitors, and robots between them, are each one hit; views are none", async () => {
  const visits = [
    ...agents.flatMap((agent) =>
      Array.from({ length: 10 }, () =>
        visit(agent, {
          "x-forwarded-for": `203.0.113.${Math.trunc(performance.now()) % 250}`,
          "x-viewer-address": "198.51.100.1",
        }),
      ),
    ),
    ...robots.map((agent) => visit(agent)),
    ...unfurlers.map((agent) => visit(agent)),
    visit(agents[0] ?? "", { "sec-purpose": "prefetch" }),
    visit(agents[1] ?? "", { purpose: "prefetch" }),
    visit(agents[2] ?? "", {}, "HEAD"),
    visit(agents[3] ?? "", { "cloudfront-viewer-asn": "16509" }),
  ];
  const views = await Promise.all(agents.slice(0, 3).map(view));
  expect(views).toEqual(Array(3).fill([200, "image/gif", "private, no-store", 43]));
  const replies = await Promise.all(visits);
  expect(replies.filter(({ status }) => status !== 302)).toEqual([]);
  const clickIds = replies.map(({ location }) => new URL(location).searchParams.get("click_id"));
  expect(new Set(clickIds).size).toBe(visits.length);
  for (const { location } of replies) expect(location).toMatch(/^https:\/\/shop\.example\.com\/x\?a=1&click_id=hit_/);

  const path = `/v1/campaigns/${launch.campaignId}/creators/${creator.userId}/analytics`;
  const hitsOf = (byClass: Record<string, number>) => Object.values(byClass).reduce((sum, count) => sum + count, 0);
  const { body } = await eventually(
    `${visits.length} hits counted`,
    async () => {
      const reply = await brand.get(path);
      return hitsOf(reply.body.clicks.byClass) >= visits.length && reply.body.views >= 3 && reply;
    },
    60,
  );
  expect(body.clicks).toEqual({
    total: 400,
    unique: 40,
    byClass: { valid: 40, repeat: 360, bot: 4, preview: 4, prefetch: 2, head: 1, self: 0, burst: 0, datacentre: 1 },
  });
  expect(body.views).toBe(3);
  expect(body.byDay).toHaveLength(1);
}, 120_000);

test("a link leads where its brand has it lead, or nowhere", async () => {
  const made = async (changes: object): Promise<Response> => {
    const links = `/v1/campaigns/${launch.campaignId}/links`;
    const { body, headers: sent } = await creator.post(links, { destinationUrl: "https://shop.example.com/x" });
    const headers = { "if-match": sent.get("etag") ?? "" };
    const path = `/v1/links/${String(body.code)}`;
    expect((await creator.send("PATCH", path, { body: { disabled: true } })).body.code).toBe("access.role_not_allowed");
    expect(await brand.send("PATCH", path, { body: changes, headers })).toMatchObject({ status: 200, body: changes });
    expect((await brand.send("PATCH", path, { body: { disabled: false }, headers })).status).toBe(412);
    return fetch(`${stack.linkUrl}/t/${String(body.code)}`, { redirect: "manual" });
  };
  const fallbackUrl = "https://shop.example.com/over";
  expect((await made({ disabled: true })).status).toBe(410);
  const [moved, over] = [await made({ destinationUrl: fallbackUrl }), await made({ disabled: true, fallbackUrl })];
  for (const reply of [moved, over]) expect([reply.status, reply.headers.get("location")]).toEqual([302, fallbackUrl]);
}, 60_000);

test("a link that its brand named leads in whatever case it is typed", async () => {
  const prefix = `b${brand.userId.slice(0, 8)}`;
  expect((await brand.send("PUT", "/v1/link-prefix", { body: { prefix } })).body.prefix).toBe(prefix);
  const asked = { destinationUrl: "https://shop.example.com/summer", creatorId: creator.userId, slug: "Summer" };
  const link = await brand.post(`/v1/campaigns/${launch.campaignId}/links`, asked);
  expect([link.status, link.body.code]).toEqual([201, `${prefix}-summer`]);
  const typed = `${stack.linkUrl}/t/${prefix.toUpperCase()}-SUMMER`;
  const reply = await fetch(typed, { redirect: "manual", headers: { "user-agent": agents[0] ?? "" } });
  expect([reply.status, reply.headers.get("location")]).toEqual([302, asked.destinationUrl]);
});

test("a printed code is a link that says so, and leads by the link's rules", async () => {
  const links = `/v1/campaigns/${launch.campaignId}/links`;
  const to = (path: string) => `https://shop.example.com/${path}`;
  const { body } = await creator.post(links, { destinationUrl: to("x") });
  const path = `/v1/links/${String(body.code)}`;
  const image = async (type: "svg" | "png") => {
    const reply = await fetch(`${stack.apiUrl}${path}/qr.${type}`, {
      headers: { authorization: `Bearer ${creator.token}` },
    });
    return [reply.status, reply.headers.get("content-type"), Buffer.from(await reply.arrayBuffer())] as const;
  };
  const [status, type, png] = await image("png");
  expect([status, type, png.toString("latin1", 1, 4)]).toEqual([200, "image/png", "PNG"]);
  const [, svgType, svg] = await image("svg");
  expect([svgType, svg.toString("utf8", 0, 4)]).toEqual(["image/svg+xml", "<svg"]);

  const rules = [{ priority: 1, when: { countries: ["DE"], devices: ["mobile"] }, destinationUrl: to("de") }];
  expect((await brand.send("PATCH", path, { body: { rules } })).body.rules).toEqual(rules);
  const scanned = async (country: string) => {
    const headers = { "user-agent": "Mozilla/5.0 (iPhone) Mobile/15E148", "cloudfront-viewer-country": country };
    const reply = await fetch(`${String(body.url)}?src=qr`, { redirect: "manual", headers });
    return reply.headers.get("location");
  };
  expect([await scanned("DE"), await scanned("AT")]).toEqual([to("de"), to("x")]);
  const figures = await eventually(
    "two scans counted",
    async () => {
      const reply = await brand.get(`/v1/campaigns/${launch.campaignId}/analytics`);
      const own = (reply.body.byLink as { code: string; clicks: number }[]).find(({ code: one }) => one === body.code);
      return own?.clicks === 2 && { own, countries: reply.body.byCountry as unknown[] };
    },
    60,
  );
  expect(figures.own).toEqual({
    ...{ code: body.code, clicks: 2, views: 0, scans: 2 },
    byRule: [{ priority: 1, visits: 1 }],
    byVariant: [],
  });
  for (const country of ["DE", "AT"]) expect(figures.countries).toContainEqual({ country, visits: 1 });
}, 90_000);

test("a creator's own clicks are theirs, before and after they are seen, and nobody else's", async () => {
  const agent = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Version/18.1 Safari/605.1.15";
  const made = await creator.post(`/v1/campaigns/${launch.campaignId}/links`, {
    destinationUrl: "https://shop.example.com/own",
  });
  const follow = (userAgent: string) =>
    fetch(`${stack.linkUrl}/t/${String(made.body.code)}`, { redirect: "manual", headers: { "user-agent": userAgent } });
  const path = `/v1/campaigns/${launch.campaignId}/analytics`;
  const figures = async () => (await brand.get(path)).body.clicks;
  const before = await figures();
  for (const one of [agent, agent, `${agent} other`]) expect((await follow(one)).status).toBe(302);
  await eventually("three clicks", async () => (await figures()).total === before.total + 3, 60);

  expect((await creator.send("GET", path, { headers: { "user-agent": agent } })).status).toBe(200);
  await eventually("two of them to be the creator's", async () => (await figures()).total === before.total + 1, 60);
  expect((await follow(agent)).status).toBe(302);
  const after = await eventually("the third to be", async () => {
    const now = await figures();
    return now.byClass.self === before.byClass.self + 3 && now;
  });
  expect([after.total, after.unique]).toEqual([before.total + 1, before.unique + 1]);
}, 120_000);
