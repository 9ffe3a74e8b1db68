/** Many transfers at once between few purses, on the table itself, with lost replies and refusals: nothing twice, nothing lost. */
import { ConditionsFailed, type Operation } from "#shared/table/engine";
import { randomOf } from "../support/random.ts";
import { calling, simulated } from "../support/simulated-table.ts";

const PURSES = 10;
const OPENING = 1_000;
const key = (sk: string) => ({ pk: "storm", sk });
const purse = (number: number) => key(`purse-${number}`);

export interface TransferStorm {
  readonly findings: readonly string[];
  readonly done: number;
  readonly tally: Readonly<Record<string, number>>;
}

/** @param overMs within which they all begin */
export async function transferStorm(seed: number, transfers: number, overMs = 5_000): Promise<TransferStorm> {
  const world = simulated(seed, { faults: { lost: 0.05, throttled: 0.05 } });
  const random = randomOf(seed + 1_000);
  const below = (bound: number): number => Math.floor(random() * bound);
  const opened = Array.from({ length: PURSES }, (_, at): Operation => {
    return { kind: "put", item: { ...purse(at), amount: OPENING }, when: { absent: true } };
  });
  // Each of them may find its purse too empty, so that some are refused.
  await calling(world, () => world.table.transact(opened), 60_000);

  const told = new Map<string, string>();
  const transfer = async (name: string): Promise<void> => {
    const [from, step, amount] = [below(PURSES), 1 + below(PURSES - 1), 1 + below(500)];
    const to = (from + step) % PURSES;
    const operations: Operation[] = [
      { kind: "put", item: { ...key(name), from, to, amount }, when: { absent: true } },
      { kind: "add", key: purse(from), add: { amount: -amount }, when: { atLeast: { amount } } },
      { kind: "add", key: purse(to), add: { amount }, when: {} },
    ];
    await new Promise<void>((resolve) => void world.clock.after(random() * overMs, resolve));
    const outcome = calling(world, () => world.table.transact(operations)).then(
      () => "done",
      (error: unknown) => (error instanceof ConditionsFailed ? "refused" : (error as Error).name),
    );
    told.set(name, await outcome);
  };
  await Promise.all(Array.from({ length: transfers }, (_, at) => transfer(`transfer-${at}`)));
  const done = [...told.values()].filter((one) => one === "done").length;
  return { findings: wrongIn(world.table.all(), told), done, tally: { ...world.table.tally } };
}

/** Each is there once or not at all, as it was told, and no cent is lost. */
function wrongIn(all: readonly Readonly<Record<string, unknown>>[], told: ReadonlyMap<string, string>): string[] {
  const stored = new Map(all.map((item) => [String(item["sk"]), item]));
  const expected = Array.from({ length: PURSES }, () => OPENING);
  const wrong: string[] = [];
  for (const [name, outcome] of told) {
    const item = stored.get(name);
    if (outcome === "done" && item === undefined) wrong.push(`${name} was done and is not there`);
    if ((outcome === "refused" || outcome === "Contended") && item) wrong.push(`${name} was ${outcome} and is there`);
    if (item === undefined) continue;
    expected[Number(item["from"])]! -= Number(item["amount"]);
    expected[Number(item["to"])]! += Number(item["amount"]);
  }
  for (const [at, amount] of expected.entries()) {
    const held = Number(stored.get(`purse-${at}`)?.["amount"]);
    if (held !== amount || held < 0) wrong.push(`purse ${at} holds ${held}, not ${amount}`);
  }
  return wrong;
}
