import { describe, expect, test } from "@jest/globals";
import { durableClicks } from "#shared/adapters/signed-http/durable-clicks";
import type { Hit } from "#shared/domain/tracking/hit";
import { acting, eventFor, link, sink } from "./visits.ts";

describe("when the stream fails", () => {
  const no = () => Promise.reject(new Error("no"));
  async function faced(stream: ReturnType<typeof sink>, overflow: ReturnType<typeof sink>) {
    const parked: [Hit, readonly unknown[]][] = [];
    const clicks = durableClicks({ stream, overflow, park: (hit, errors) => void parked.push([hit, errors]) });
    const reply = await acting(link, { clicks }).respond(eventFor("/t/abcdEFGH23"));
    return { reply, parked };
  }

  test("a hit it took goes nowhere else", async () => {
    const [stream, overflow] = [sink(), sink()];
    const { reply, parked } = await faced(stream, overflow);
    expect([reply.statusCode, stream.hits.length, overflow.hits, parked]).toEqual([302, 1, [], []]);
    expect(stream.hits[0]?.retried).toBeUndefined();
  });

  test("the hit goes to the overflow queue, marked as a retry, and the visitor goes on", async () => {
    const [stream, overflow] = [sink(no), sink()];
    const { reply, parked } = await faced(stream, overflow);
    expect([reply.statusCode, parked]).toEqual([302, []]);
    expect(overflow.hits).toEqual([{ ...stream.hits[0], retried: true }]);
  });

  test("and the queue too, the hit is parked in the log, and the visitor goes on", async () => {
    const overflow = sink(no);
    const { reply, parked } = await faced(sink(no), overflow);
    expect(reply.statusCode).toBe(302);
    expect(parked).toEqual([[overflow.hits[0], [new Error("no"), new Error("no")]]]);
  });
});
