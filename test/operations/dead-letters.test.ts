import { expect, test } from "@jest/globals";
import { bringBack, type DeadLetters } from "#infra/operations/dead-letters";

function queues(bodies: readonly string[], refuse?: string) {
  const left = bodies.map((body, at) => ({ body, receipt: `r${at}` }));
  const sent: string[] = [];
  const letters: DeadLetters = {
    async *messages() {
      yield* await Promise.resolve([...left]);
    },
    send: (body) => (body === refuse ? Promise.reject(new Error("no")) : Promise.resolve(void sent.push(body))),
    remove(receipt) {
      left.splice(left.findIndex((one) => one.receipt === receipt), 1); // prettier-ignore
      return Promise.resolve();
    },
  };
  return { letters, sent, left: () => left.map(({ body }) => body) };
}
const silent = () => undefined;

test("everything goes back to where it came from, and nothing stays", async () => {
  const { letters, sent, left } = queues(["a", "b"]);
  const lines: string[] = [];
  expect(await bringBack({ letters, dryRun: false, say: (line) => void lines.push(line) })).toBe(2);
  expect([sent, left(), lines]).toEqual([["a", "b"], [], ["a", "b"]]);
});

test("a dry run says what there is, and moves nothing", async () => {
  const { letters, sent, left } = queues(["a", "b"]);
  expect(await bringBack({ letters, dryRun: true, say: silent })).toBe(2);
  expect([sent, left()]).toEqual([[], ["a", "b"]]);
});

test("what could not be sent stays", async () => {
  const { letters, sent, left } = queues(["a", "b"], "b");
  await expect(bringBack({ letters, dryRun: false, say: silent })).rejects.toThrow("no");
  expect([sent, left()]).toEqual([["a"], ["b"]]);
});
