import { expect, test } from "@jest/globals";
import fc from "fast-check";
import { MOST_HOSTS } from "#shared/domain/tracking/referrers";
import { type VisitCounts, Visits, visitsIn } from "#shared/domain/tracking/visits";

const shown = (referrerHost: string) => ({ hour: 5, country: "DE", device: "mobile", referrerHost }) as const;
const sum = (counts: Readonly<Record<string, number>>): number =>
  Object.values(counts).reduce((all, count) => all + count, 0);

/** Counts them as a bucket does: so many a batch, sealed after every other. */
function counted(hosts: readonly string[], batch: number): VisitCounts {
  const sealed = new Visits();
  let bytes = new Uint8Array();
  for (let at = 0; at < hosts.length; at += batch) {
    const visits = Visits.of(bytes, sealed.hosts);
    for (const host of hosts.slice(at, at + batch)) visits.count(shown(host));
    bytes = new Uint8Array(visits.bytes());
    if ((at / batch) % 2 === 0) continue;
    sealed.add(Visits.of(bytes, sealed.hosts));
    bytes = new Uint8Array();
  }
  sealed.add(Visits.of(bytes, sealed.hosts));
  return Visits.of(sealed.bytes()).counts();
}

test("of more hosts than are told apart the same ones are told, exactly, whatever the order, batches and shards", () => {
  const given = fc.array(fc.nat(400), { minLength: 300, maxLength: 600 });
  fc.assert(
    fc.property(
      given,
      given,
      fc.integer({ min: 1, max: 90 }),
      fc.integer({ min: 1, max: 90 }),
      (one, other, size, cut) => {
        const named = (numbers: readonly number[]) =>
          numbers.map((number) => (number < 40 ? "t.co" : `www.host${number}.example`));
        const [first, second] = [named(one), named(other)];
        const all = [...first, ...second];
        const whole = counted(all, size);
        expect(counted([...all].reverse(), cut)).toEqual(whole);
        expect(visitsIn([counted(first, cut), counted(second, size)])).toEqual(whole);
        const { other: rest = 0, ...told } = whole.referrer;
        expect([sum(whole.referrer), whole.hour, whole.country]).toEqual([
          all.length,
          { 5: all.length },
          { DE: all.length },
        ]);
        expect(rest).toBeGreaterThan(0);
        expect(Object.keys(told)).toHaveLength(MOST_HOSTS - 1);
        for (const [host, visits] of Object.entries(told))
          expect(visits).toBe(all.filter((sent) => sent.replace("www.", "") === host).length);
        expect(told["t.co"]).toBe(all.filter((host) => host === "t.co").length);
      },
    ),
    { numRuns: 15 },
  );
});

test("what is told of nobody is unknown, and of no length that somebody likes", () => {
  const visits = new Visits();
  visits.count({ ...shown("localhost"), country: undefined });
  visits.count({ ...shown(`${"x".repeat(60)}.example`), country: "D1" });
  visits.count({ hour: 0, country: "ZZ", device: "tablet", referrerHost: undefined });
  expect(visits.counts()).toEqual({
    hour: { 0: 1, 5: 2 },
    country: { unknown: 2, ZZ: 1 },
    device: { mobile: 2, tablet: 1 },
    referrer: { unknown: 2, other: 1 },
  });
});

test("of nothing there are no bytes; another version and bytes cut short are refused", () => {
  expect(new Visits().bytes()).toHaveLength(0);
  const visits = new Visits();
  visits.count(shown("a.example"));
  const bytes = visits.bytes();
  expect(() => Visits.of(bytes.subarray(0, bytes.length - 1))).toThrow(RangeError);
  expect(() => Visits.of(Uint8Array.of(9, ...bytes.subarray(1)))).toThrow(RangeError);
});
