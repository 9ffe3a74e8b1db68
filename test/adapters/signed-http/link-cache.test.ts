import { describe, expect, test } from "@jest/globals";
import { cachedLinks } from "#shared/adapters/signed-http/link-cache";
import type { TrackedLink } from "#shared/domain/tracking/redirect";

const link: TrackedLink = {
  code: "abcdEFGH23",
  campaignId: "cmp_1",
  creatorId: "creator-1",
  destination: "https://shop.example/",
  routing: undefined,
  fallback: undefined,
  endsAt: Infinity,
  passQuery: false,
  passClickId: false,
};

describe("links in memory", () => {
  /** A store that answers what it is told to, or fails on `undefined`, and a clock. */
  function cache(limits = { entries: 2, freshMs: 30_000, staleMs: 2_000 }) {
    const state: { now: number; answer: TrackedLink | "none" | "down"; reads: string[]; failures: number } = {
      now: 0,
      answer: link,
      reads: [],
      failures: 0,
    };
    const get = (code: string) => {
      state.reads.push(code);
      if (state.answer === "down") return Promise.reject(new Error("down"));
      return Promise.resolve(state.answer === "none" ? undefined : state.answer);
    };
    return {
      state,
      links: cachedLinks(
        { get },
        () => state.now,
        () => (state.failures += 1),
        limits,
      ),
    };
  }

  test("are good for half a minute, then asked for again", async () => {
    const { state, links } = cache();
    await links.find("a");
    state.answer = { ...link, destination: undefined };
    state.now = 29_999;
    expect(await links.find("a")).toBe(link);
    state.now = 30_000;
    expect(await links.find("a")).toMatchObject({ destination: undefined });
    expect(state.reads).toEqual(["a", "a"]);
  });

  test("remember that there is none", async () => {
    const { state, links } = cache();
    state.answer = "none";
    expect([await links.find("a"), await links.find("a")]).toEqual(["unknown", "unknown"]);
    expect(state.reads).toEqual(["a"]);
  });

  test("forget the one that was asked for longest ago", async () => {
    const { state, links } = cache();
    for (const code of ["a", "b", "a", "c", "a", "b"]) await links.find(code);
    expect(state.reads).toEqual(["a", "b", "c", "b"]);
  });

  test("outlive a table that fails, but not as a guess that there is none", async () => {
    const { state, links } = cache();
    await links.find("known");
    state.answer = "none";
    await links.find("none");
    state.answer = "down";
    state.now = 3_600_000;
    expect(await links.find("known")).toBe(link);
    expect(await links.find("none")).toBe("unavailable");
    expect(await links.find("never seen")).toBe("unavailable");
    expect([state.failures, state.reads.length]).toEqual([3, 5]);
    expect(await links.find("known")).toBe(link);
    expect(state.reads).toHaveLength(5);
    state.now += 2_000;
    state.answer = { ...link, destination: undefined };
    expect(await links.find("known")).toMatchObject({ destination: undefined });
  });
});
