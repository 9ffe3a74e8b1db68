import * as z from "zod";

/** How far it is: the one there is, begun anew with each run of its job. */
export const IndexRebuild = z.object({
  /** The turn that is due. An event of any other is of one that was taken, or of a run that was overtaken. */
  turn: z.int(),
  /** Where the list of creators goes on; null: at its beginning. */
  after: z.record(z.string(), z.string()).nullable(),
  version: z.int(),
});
export type IndexRebuild = z.infer<typeof IndexRebuild>;
