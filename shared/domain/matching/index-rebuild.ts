import * as z from "zod";

/** How far it is: the one there is, begun by each run of its job. */
export const IndexRebuild = z.object({
  /** The turn that is due. An event of any other is of one that was taken, or of one that another was due instead of. */
  turn: z.int(),
  /** Where the list of creators goes on; null: at its beginning. */
  after: z.record(z.string(), z.string()).nullable(),
  /** It was begun again while it was under way: whoever was looked at before that is looked at once more. */
  isToBeginAnew: z.literal(true).optional(),
  version: z.int(),
});
export type IndexRebuild = z.infer<typeof IndexRebuild>;
