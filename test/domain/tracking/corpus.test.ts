/** The rules against agents as they are: each of the corpus is of one class, and the traps that are known are none. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, test } from "@jest/globals";
import * as z from "zod";
import { agentClass, RULES_VERSION } from "#shared/domain/tracking/classification";
import { rules } from "#shared/domain/tracking/classification-rules";

const read = (path: string): unknown => JSON.parse(readFileSync(path, "utf8"));
const corpus = z
  .array(z.object({ source: z.string(), class: z.enum(["visitor", "preview", "bot"]), agents: z.array(z.string()) }))
  .parse(read("test/domain/tracking/user-agents.json"));
const classOf = (agent: string, method: "GET" | "HEAD" = "GET") => agentClass({ agent, method });

test.each(corpus)("$class: $source", ({ class: expected, agents }) => {
  const others = agents.filter((agent) => (classOf(agent) ?? "visitor") !== expected);
  expect(others).toEqual([]);
});

test("the corpus has 150 agents and more, none twice", () => {
  const agents = corpus.flatMap((group) => group.agents);
  expect(agents.length).toBeGreaterThanOrEqual(150);
  expect(agents.filter((agent, at) => agents.indexOf(agent) !== at)).toEqual([]);
});

describe("a trap", () => {
  test("X fetches a posted link with GET and HEAD: a preview and a head, and no click", () => {
    const agent = "Twitterbot/1.0";
    expect([classOf(agent), classOf(agent, "HEAD"), classOf("Mozilla/5.0", "HEAD")]).toEqual([
      "preview",
      "head",
      "head",
    ]);
  });

  test("hundreds of servers of the fediverse fetch a link within a minute, each for itself: previews, and no click", () => {
    const servers = Array.from(
      { length: 300 },
      (_, n) => `Mastodon/4.3.${n % 9} (http.rb/5.2.0; +https://m${n}.example/) Bot`,
    );
    expect(new Set(servers.map((agent) => classOf(agent)))).toEqual(new Set(["preview"]));
  });

  test("Viber's servers say what Viber's own browser says as well", () => {
    const browser =
      "Mozilla/5.0 (Macintosh) AppleWebKit/537.36 (KHTML, like Gecko) QtWebEngine/5.6.0 Safari/537.36 Viber";
    expect([classOf("Viber"), classOf(browser)]).toEqual(["preview", undefined]);
  });
});

/** What the rules were when their version was last raised. */
const KNOWN = { version: "3", digest: "04d52dbbf8a0abb0" };

test("whoever changes a rule, or takes another list of robots, raises the version", () => {
  const { isbot } = z
    .object({ dependencies: z.object({ isbot: z.string() }) })
    .parse(read("package.json")).dependencies;
  const digest = createHash("sha256")
    .update(JSON.stringify({ ...rules, isbot }))
    .digest("hex")
    .slice(0, 16);
  expect({ version: RULES_VERSION, digest }).toEqual(KNOWN);
});
