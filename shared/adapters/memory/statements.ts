import type { ProcessorMovement } from "#shared/domain/processor/movement";
import type { ProcessorStatements } from "#shared/ports/reconciliations";

/** What a processor in memory says it has moved. */
export const memoryStatements = (movements: () => readonly ProcessorMovement[]): ProcessorStatements => ({
  movements: (from, to) => Promise.resolve(movements().filter(isWithin(from, to))),
  movementsOfType: (type, from, to) =>
    Promise.resolve(movements().filter((one) => one.type === type && isWithin(from, to)(one))),
  about: (objectIds) => Promise.resolve(relatedTo(new Set(objectIds), movements())),
  movement: (id) => Promise.resolve(movements().find((one) => one.id === id)),
});

const isWithin =
  (from: string, to: string) =>
  ({ createdAt }: ProcessorMovement): boolean =>
    createdAt >= from && createdAt < to;

/** What shares an object with them, and with what does. */
function relatedTo(known: ReadonlySet<string>, all: readonly ProcessorMovement[]): readonly ProcessorMovement[] {
  const found = all.filter(({ id, objectIds }) => known.has(id) || objectIds.some((it) => known.has(it)));
  const more = new Set([...known, ...found.flatMap(({ id, objectIds }) => [id, ...objectIds])]);
  return more.size === known.size ? found : relatedTo(more, all);
}
