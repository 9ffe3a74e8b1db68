/** How many of those whom the index names are looked up for one list, whoever they turn out to be. */
import { expect, test } from "@jest/globals";
import { bestCandidates } from "#shared/application/matching/best-candidates";
import type { Candidates } from "#shared/ports/matching";
import { anAccount } from "../../support/builders.ts";
import { aCardContent, aMatchBrief } from "../../support/matching-builders.ts";

const NOW = "2026-11-05T00:00:00.000Z";
/** An index that names so many, one as good as the other; of whom those from `fit` on can be proposed. */
function index(named: number, fit: number) {
  const ids = Array.from({ length: named }, (_, at) => `00000000-0000-4000-8000-${String(at).padStart(12, "0")}`);
  const lookedUp = new Set<string>();
  async function* inOrder() {
    const creators = ids.map((creatorId, at) => ({ creatorId, rank: { standing: named - at, house: 0, turn: "" } }));
    yield await Promise.resolve({ creators, isProven: true });
  }
  const some: Candidates["some"] = (_campaignId, creatorIds) => {
    for (const id of creatorIds) lookedUp.add(id);
    const found = creatorIds.map((id) => ({
      account: anAccount({ id }),
      card: aCardContent({ userId: id, categories: ids.indexOf(id) < fit ? ["food"] : ["fashion"] }),
      invitation: undefined,
      participant: undefined,
    }));
    return Promise.resolve(found);
  };
  return { candidates: { inOrder, some }, lookedUp };
}
const bestOf = ({ candidates }: ReturnType<typeof index>) => bestCandidates(candidates, aMatchBrief(), 20, NOW);

test("of ten thousand whom the index names and nobody can be proposed of, a thousand are looked up, and it is said", async () => {
  const all = index(10_000, 10_000);
  expect(await bestOf(all)).toEqual({ best: [], isExact: false });
  expect(all.lookedUp.size).toBe(1_000);
});

test("those who fit are found behind hundreds who do not", async () => {
  const all = index(980, 960);
  const { best, isExact } = await bestOf(all);
  expect([best.length, isExact, all.lookedUp.size]).toEqual([20, true, 980]);
});
